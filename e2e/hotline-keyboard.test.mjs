// The operator's hotline agent by keyboard only: no pointer is used after the first address.

import assert from 'node:assert/strict';
import test from 'node:test';
import { looking, startDemo } from './support.mjs';
import { folded, mayDo, receipt, said, tabTo } from './steps.mjs';

test('the hotline by keyboard only', async () => {
  const look = looking();
  const app = await startDemo();
  const page = await app.page();
  const keys = page.keyboard;
  /** Reaches a field and writes into it over what stands there. */
  const write = async (field, text) => {
    await tabTo(page, field);
    await keys.press('Control+A');
    await keys.type(text);
  };
  /** Reaches a select box and types until the wanted option stands. */
  const choose = async (field, label) => {
    await tabTo(page, field);
    const options = await field.locator('option').allInnerTexts();
    const wanted = options.findIndex((option) => option === label);
    assert.ok(wanted >= 0, `${label} among ${options}`);
    await keys.press('Home');
    for (let i = 0; i < wanted; i += 1) await keys.press('ArrowDown');
    assert.equal(await field.evaluate((select) => select.selectedOptions[0]?.text), label);
  };
  const main = page.getByRole('main');

  await page.goto('/sign-in');
  await tabTo(page, page.locator('button[name="as"][value="operator-agent"]'), 80);
  await keys.press('Enter');
  await page.getByRole('navigation', { name: '工作台导航' }).waitFor();

  // To the page for calls; the search for the firm has the keyboard already.
  await tabTo(page, page.getByRole('link', { name: '登记来电' }));
  await keys.press('Enter');
  const search = page.getByRole('searchbox', { name: '信用代码、名称、拼音首字母或来电号码' });
  await search.waitFor();
  await look(page, 'counter-1280');
  assert.ok(await search.evaluate((box) => box === document.activeElement), 'the search box has the keyboard');

  // By the initials with which a name begins: 厦门 is xm. The arrow goes down the list, Enter takes one.
  await keys.type('xm');
  const firm = main.locator('.firm-pick').first();
  await firm.waitFor();
  const name = (await firm.locator('b').innerText()).trim();
  await look(page, 'counter-found-1280');
  await keys.press('ArrowDown');
  assert.ok(await firm.evaluate((button) => button === document.activeElement), 'the arrow goes to the first');
  await keys.press('Enter');
  await main.locator('.firm-chosen').filter({ hasText: name }).waitFor();

  // A question that is answered on the spot.
  await write(main.getByLabel('联系人'), '王例来');
  await write(main.getByLabel('手机号'), '13900005678');
  await write(main.getByLabel('对方怎么说'), '首次贷款贴息要准备哪些材料？');
  await choose(main.getByLabel('服务类别'), '2 投融资服务');
  await choose(main.getByLabel('哪一种'), '咨询');
  await choose(main.getByLabel('从哪里来'), '热线');
  const spot = main.getByRole('button', { name: '当场办结' });
  await tabTo(page, spot);
  await keys.press('Enter');
  // Without an answer it cannot be closed on the spot; what was typed stays.
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /当场答复/);
  await look(page, 'counter-error-1280');
  assert.equal(await main.getByLabel('对方怎么说').inputValue(), '首次贷款贴息要准备哪些材料？');
  assert.equal(await main.getByLabel('联系人').inputValue(), '王例来');
  assert.match(await main.innerText(), new RegExp(name), 'the firm is still chosen');
  await write(main.getByLabel('当场答复'), '营业执照、借款合同、利息单三样，网上就能交。');
  await tabTo(page, spot);
  await keys.press('Enter');
  await page.waitForURL('**/requests/new/FW-*');
  const closed = receipt(await said(page));
  assert.match(await main.innerText(), /已当场办结/);
  await look(page, 'receipt-1280');
  await tabTo(page, main.getByRole('link', { name: '打开这一件' }));
  await keys.press('Enter');
  await page.waitForURL('**/requests/FW-*');
  const text = await main.innerText();
  assert.match(text, /已办结/);
  assert.match(text, new RegExp(name));
  assert.match(text, /营业执照、借款合同、利息单三样/);
  await look(page, 'spot-closed-1280');

  // A call that somebody has to work on: taken in, its firm noted in passing, and accepted.
  await tabTo(page, page.getByRole('link', { name: '登记来电' }));
  await keys.press('Enter');
  await search.waitFor();
  await tabTo(page, main.locator('summary').filter({ hasText: '名录里没有' }));
  await keys.press('Enter');
  await write(main.getByLabel('企业名称'), '示例石材有限公司');
  await choose(main.getByLabel('在哪个区'), '翔安区');
  await write(main.getByLabel('联系人'), '钱例去');
  await write(main.getByLabel('手机号'), '13900008765');
  await write(main.getByLabel('对方怎么说'), '石材切割粉尘超标，想请人上门看怎么改。');
  await choose(main.getByLabel('哪一种'), '服务需求');
  await choose(main.getByLabel('从哪里来'), '热线');
  await tabTo(page, main.getByRole('button', { name: '登记', exact: true }));
  await keys.press('Enter');
  await page.waitForURL('**/requests/new/FW-*');
  const taken = receipt(await said(page));
  assert.notEqual(taken.number, closed.number);
  await tabTo(page, main.getByRole('link', { name: '打开这一件' }));
  await keys.press('Enter');
  await page.waitForURL('**/requests/FW-*');
  await look(page, 'taken-in-1280');

  const accept = folded(page, '受理');
  await tabTo(page, accept.locator('summary'));
  await keys.press('Enter');
  await choose(accept.getByLabel('服务类别'), '技术创新和质量服务');
  await tabTo(page, accept.getByRole('button', { name: '受理' }));
  await keys.press('Enter');
  await main.getByRole('status').filter({ hasText: '已受理' }).first().waitFor();
  assert.match(await main.innerText(), /已受理/);
  assert.equal(await mayDo(page).getByText('受理', { exact: true }).count(), 0, 'accepted once');

  // The shortcuts: / goes to the search, J down a list, Enter opens.
  await keys.press('/');
  const desk = page.getByRole('searchbox', { name: '搜编号、企业、内容' });
  assert.ok(await desk.evaluate((box) => box === document.activeElement), '/ goes to the search');
  await keys.type('石材切割粉尘超标');
  await keys.press('Enter');
  await page.waitForURL('**/search?q=*');
  await look(page, 'search-1280');
  await tabTo(page, main.getByRole('link', { name: '诉求里的内容' }));
  await keys.press('Enter');
  await page.waitForURL('**/cases?q=*');
  await look(page, 'cases-found-1280');
  await tabTo(page, main.getByRole('link', { name: /石材切割粉尘超标/ }).first());
  await keys.press('Enter');
  await page.waitForURL(`**/requests/${taken.number}`);
  // A number leads straight to its case.
  await keys.press('/');
  await keys.type(closed.number);
  await keys.press('Enter');
  await page.waitForURL(`**/requests/${closed.number}`);

  await tabTo(page, page.getByRole('link', { name: /收件箱/ }).first());
  await keys.press('Enter');
  await page.waitForURL('**/inbox');
  await look(page, 'inbox-agent-1280');
  const rows = main.getByRole('row').filter({ has: page.getByRole('link') });
  await keys.press('j');
  await keys.press('j');
  const second = rows.nth(1).getByRole('link').first();
  assert.ok(await second.evaluate((link) => link === document.activeElement), 'J goes down the list');
  const where = await second.getAttribute('href');
  await keys.press('Enter');
  await page.waitForURL(new RegExp(`/(cases|requests|improvements)/${where.split('/').pop()}`));
  look.done();
});
