// A plain question on the hotline in under a minute, typed at the speed of a trained hand, by keyboard alone: from the empty
// page to the number that is read out. And the same without scripts.

import assert from 'node:assert/strict';
import test from 'node:test';
import { looking, signInAs, startDemo } from './support.mjs';
import { receipt, said, tabTo } from './steps.mjs';

/** Milliseconds a key; a Chinese character takes two by pinyin. */
const KEY_MS = 120;
const MINUTE_MS = 60_000;

/* A firm of the demo city, and what a hand types for it: the initials of its own name, without city. */
const FIRM = { name: '厦门市湾汐品牌设计科技有限公司', initials: 'wxppsj' };

const QUESTION = '我们去年第一次贷款，听说有贴息，首次贷款贴息要准备哪些材料？网上能不能交？';

/** Types like a hand does. */
function hand(page) {
  const pause = (keys) => page.waitForTimeout(keys * KEY_MS);
  return {
    async type(text) {
      for (const c of text) {
        await page.keyboard.type(c);
        await pause(/\p{Script=Han}/u.test(c) ? 2 : 1);
      }
    },
    async press(key) {
      await page.keyboard.press(key);
      await pause(1);
    },
    /** Tab by Tab, each at the speed of the hand. */
    async tabTo(wanted, most = 60) {
      await wanted.waitFor();
      for (let i = 0; i < most; i += 1) {
        if (await wanted.evaluate((element) => element === document.activeElement)) return;
        await this.press('Tab');
      }
      assert.fail(`${wanted} is not reached`);
    },
  };
}

/** Notes every use of a pointer from now on. */
async function watchPointer(page) {
  let used = 0;
  await page.exposeFunction('pointerWasUsed', () => { used += 1; });
  await page.addInitScript(() => {
    for (const name of ['pointerdown', 'mousedown', 'touchstart', 'wheel']) {
      addEventListener(name, () => globalThis.pointerWasUsed(), { capture: true });
    }
  });
  return () => used;
}

test('a plain question in under a minute', async () => {
  const look = looking();
  const app = await startDemo();
  const page = await app.page();
  const main = page.getByRole('main');
  await signInAs(page, 'operator-agent');
  const pointer = await watchPointer(page);
  const focus = (field) => field.evaluate((element) => element === document.activeElement);

  await page.goto('/requests/new');
  const search = page.getByRole('searchbox', { name: '信用代码、名称、拼音首字母或来电号码' });
  await search.waitFor();
  assert.ok(await focus(search), 'the empty page is ready to be typed into');
  const keys = hand(page);
  const began = Date.now();

  // The firm, by the initials of its name.
  await keys.type(FIRM.initials);
  const firm = main.locator('.firm-pick').first();
  await firm.filter({ hasText: FIRM.name }).waitFor();
  const { name } = FIRM;
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await main.locator('.firm-chosen').filter({ hasText: name }).waitFor();
  const words = main.getByLabel('对方怎么说');
  assert.ok(await focus(words), 'the register knows contact and phone, so the question is next');
  assert.notEqual(await main.getByLabel('手机号').inputValue(), '');

  // The question; while it is typed the answers come up beside it.
  await keys.type(QUESTION);
  await keys.press('Alt+c');
  await keys.press('2');
  assert.equal(await main.getByLabel('服务类别').inputValue(), '02');
  const template = main
    .locator('.pieces li')
    .filter({ hasText: '贷款贴息要准备的材料' })
    .locator('button[data-digit]');
  await template.waitFor();
  await keys.press('Alt+a');
  await keys.press(`Alt+${await template.getAttribute('data-digit')}`);
  const answer = main.getByLabel('当场答复');
  assert.match(await answer.inputValue(), /营业执照、借款合同/);
  // The place that is left open is selected: what is typed next fills it.
  await keys.type('3');
  assert.match(await answer.inputValue(), /营业执照、借款合同[\s\S]*一般3个工作日/);
  await keys.press('Control+End');
  await keys.type('您是去年第一笔，可以报。三天内有人回电。');
  assert.match(await answer.inputValue(), /营业执照、借款合同[\s\S]*三天内有人回电。$/);

  await keys.press('Alt+Enter');
  await page.waitForURL('**/requests/new/FW-*');
  const { number, code } = receipt(await said(page));
  const took = Date.now() - began;
  assert.ok(took < MINUTE_MS, `${took} ms from the empty page to the number`);
  assert.equal(pointer(), 0, 'no pointer was used');
  assert.match(number, /^FW-/);
  assert.equal(code.length, 8);
  console.log(`# a plain consultation took ${Math.round(took / 100) / 10} s`);
  await look(page, 'receipt-60s-1280');

  // One key, and the next call can be typed; the last one stands beside its firm.
  await keys.press('n');
  await page.waitForURL('**/requests/new');
  await keys.type(FIRM.initials);
  await firm.filter({ hasText: FIRM.name }).waitFor();
  await keys.press('Enter');
  await main.locator('[data-slot="earlier"]').getByText('听说有贴息').waitFor();
  await look(page, 'counter-filled-1280');
  // The caller's phone finds it too.
  await keys.press('Alt+q');
  assert.ok(await focus(search));
  look.done();
});

test('the same without scripts', async () => {
  const app = await startDemo();
  const page = await app.page({ javaScriptEnabled: false });
  const main = page.getByRole('main');
  await signInAs(page, 'operator-agent');
  await page.goto('/requests/new');
  const keys = hand(page);
  const began = Date.now();

  await keys.tabTo(page.getByRole('searchbox', { name: '信用代码、名称、拼音首字母或来电号码' }));
  await keys.type(FIRM.initials);
  await keys.press('Enter');
  const firm = main.locator('.firm-pick').first();
  await firm.filter({ hasText: FIRM.name }).waitFor();
  const { name } = FIRM;
  await tabTo(page, firm);
  await keys.press('Enter');
  await main.locator('.firm-chosen').filter({ hasText: name }).waitFor();

  await keys.tabTo(main.getByLabel('对方怎么说'));
  await keys.type(QUESTION);
  await keys.tabTo(main.getByLabel('服务类别'));
  await keys.press('2');
  await keys.tabTo(main.getByRole('button', { name: '找类似' }));
  await keys.press('Enter');
  const template = main.locator('.pieces li').filter({ hasText: '贷款贴息要准备的材料' }).getByRole('button');
  await template.waitFor();
  assert.equal(await main.getByLabel('对方怎么说').inputValue(), QUESTION, 'what was typed is still there');
  await keys.tabTo(template);
  await keys.press('Enter');
  const answer = main.getByLabel('当场答复');
  await answer.waitFor();
  assert.match(await answer.inputValue(), /营业执照、借款合同/);
  // It has a place left open, and nothing with one goes out.
  await keys.tabTo(answer);
  await keys.press('Control+a');
  await keys.type('三样：营业执照、借款合同、已付利息的凭证。网上就能交。');
  await keys.tabTo(main.getByRole('button', { name: '当场办结' }));
  await keys.press('Enter');
  await page.waitForURL('**/requests/new/FW-*');
  receipt(await said(page));
  const took = Date.now() - began;
  console.log(`# without scripts it took ${Math.round(took / 100) / 10} s`);
  assert.ok(took < 2 * MINUTE_MS, `${took} ms without scripts`);
});
