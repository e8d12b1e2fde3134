// A firm on a phone, without an account: it asks, gets number and code, and follows – in the phone's
// own browser and inside WeChat.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { WECHAT, looking, startDemo } from './support.mjs';
import { expectSaid, receipt, said } from './steps.mjs';

let app;
before(async () => {
  app = await startDemo();
});

const STORY = '水龙头出口欧盟要做密封性检测，样品两只，希望本周能给出检测排期和费用。';

for (const [where, userAgent] of [
  ['browser', undefined],
  ['wechat', WECHAT],
]) {
  test(`a firm asks on a phone and follows (${where})`, async () => {
    const look = looking();
    const phone = await app.page({ width: 390, userAgent });

    await phone.goto('/');
    await look(phone, `home-390-${where}`);
    await phone.getByRole('main').getByRole('link', { name: '提诉求' }).tap();

    // First screen: nothing written yet is said, and the choice stays.
    await phone.waitForURL('**/ask');
    await phone.getByRole('radio', { name: '咨询' }).check();
    await phone.getByRole('button', { name: '继续' }).tap();
    const summary = phone.getByRole('alert');
    await summary.waitFor();
    await look(phone, `ask-1-error-390-${where}`);
    assert.match(await summary.innerText(), /有 1 处要改/);
    assert.ok(await phone.getByRole('radio', { name: '咨询' }).isChecked());
    await phone.getByRole('radio', { name: '服务需求' }).check();
    await phone.getByLabel('具体情况').fill(STORY);
    await look(phone, `ask-1-390-${where}`);
    await phone.getByRole('button', { name: '继续' }).tap();

    // Second screen: the phone number is one digit short; everything else is kept.
    await phone.getByRole('heading', { name: '怎样联系您最方便？' }).waitFor();
    await look(phone, `ask-2-390-${where}`);
    await phone.getByLabel('企业名称').fill('示例阀门有限公司');
    await phone.getByLabel('在哪个区').selectOption({ label: '同安区' });
    await phone.getByLabel('联系人').fill('赵例子');
    await phone.getByLabel('手机号').fill('1390000123');
    await phone.getByRole('radio', { name: '发短信' }).check();
    await phone.getByLabel('我同意为办这件事使用我填的资料').check();
    await phone.getByRole('button', { name: '提交诉求' }).tap();
    await summary.waitFor();
    assert.match(await summary.innerText(), /手机号少了 1 位/);
    await look(phone, `ask-2-error-390-${where}`);
    assert.equal(await phone.getByLabel('企业名称').inputValue(), '示例阀门有限公司');
    assert.equal(await phone.getByLabel('联系人').inputValue(), '赵例子');
    assert.equal(await phone.getByLabel('手机号').inputValue(), '1390000123');
    assert.ok(await phone.getByRole('radio', { name: '发短信' }).isChecked());
    assert.ok(await phone.getByLabel('我同意为办这件事使用我填的资料').isChecked());
    assert.match(await phone.getByRole('complementary').innerText(), /水龙头出口欧盟/);
    // The line of the summary leads to the field.
    await summary.getByRole('link', { name: /手机号/ }).tap();
    assert.equal(await phone.evaluate(() => document.activeElement?.id), 'phone');
    // One step back, and forward again: nothing is typed twice.
    await phone.getByRole('button', { name: '上一步' }).tap();
    assert.equal(await phone.getByLabel('具体情况').inputValue(), STORY);
    await phone.getByRole('button', { name: '继续' }).tap();
    await phone.getByLabel('企业名称').fill('示例阀门有限公司');
    await phone.getByLabel('在哪个区').selectOption({ label: '同安区' });
    await phone.getByLabel('联系人').fill('赵例子');
    await phone.getByLabel('手机号').fill('139 0000 1234');
    await phone.getByLabel('我同意为办这件事使用我填的资料').check();
    await phone.getByRole('button', { name: '提交诉求' }).tap();

    // The receipt is the page one follows on.
    await phone.waitForURL('**/follow/FW-*');
    const { number, code } = receipt(await said(phone));
    await look(phone, `receipt-390-${where}`);
    const main = phone.getByRole('main');
    assert.match(await main.innerText(), new RegExp(code));
    assert.match(await main.getByRole('region', { name: '有事找谁' }).innerText(), /电话/);
    assert.equal(await main.getByRole('heading', { level: 1 }).count(), 1);
    // One message to whoever handles it, and one urging.
    await phone.getByRole('textbox', { name: '写一条' }).fill('样品今天寄出。');
    await phone.getByRole('button', { name: '发出' }).tap();
    await expectSaid(phone, '已发出');
    assert.match(await main.innerText(), /样品今天寄出。/);

    // Somebody else with number, code and tail opens it; with a wrong code is told so.
    const other = await app.page({ width: 390, userAgent });
    await other.goto('/');
    await other.getByRole('main').getByRole('link', { name: '查进度' }).tap();
    await other.waitForURL('**/follow');
    await look(other, `follow-390-${where}`);
    const wrong = code === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA';
    await other.getByLabel('编号').fill(number);
    await other.getByLabel('查询码').fill(wrong);
    await other.getByLabel('手机后四位').fill('1234');
    await other.getByRole('button', { name: '查进度' }).tap();
    await other.getByRole('alert').waitFor();
    assert.match(await other.getByRole('alert').innerText(), /没有对上/);
    assert.equal(await other.getByLabel('编号').inputValue(), number);
    await look(other, `follow-wrong-390-${where}`);
    await other.getByLabel('查询码').fill(code.toLowerCase());
    await other.getByLabel('手机后四位').fill('1234');
    await other.getByRole('button', { name: '查进度' }).tap();
    await other.waitForURL(`**/follow/${number}`);
    await other.getByRole('heading', { level: 1 }).waitFor();
    await look(other, `followed-390-${where}`);

    // Without the pass the page asks for it and shows nothing.
    const stranger = await app.page({ width: 390, userAgent });
    await stranger.goto(`/follow/${number}`);
    assert.match(stranger.url(), /\/follow\?n=/);
    assert.equal(await stranger.getByLabel('编号').inputValue(), number);
    assert.doesNotMatch(await stranger.getByRole('main').innerText(), /水龙头|样品今天寄出/);

    // Taken back, asked once more on a page of its own.
    await other.getByRole('link', { name: '撤回诉求' }).tap();
    await other.getByRole('heading', { name: '撤回这件诉求？' }).waitFor();
    await look(other, `withdraw-390-${where}`);
    await other.getByRole('button', { name: '撤回诉求' }).tap();
    await expectSaid(other, '已撤回');
    await look(other, `withdrawn-390-${where}`);
    look.done();
  });
}

test('the same pages in the dark and without scripts', async () => {
  const look = looking();
  const dark = await app.page({ width: 390, colorScheme: 'dark' });
  for (const path of ['/', '/ask', '/follow', '/sign-in', '/rule']) {
    await dark.goto(path);
    await look(dark, `dark-390${path.replaceAll('/', '-')}`);
  }
  look.done();

  const plain = await app.page({ width: 390, javaScriptEnabled: false });
  await plain.goto('/ask');
  await plain.getByLabel('具体情况').fill(STORY);
  await plain.getByRole('button', { name: '继续' }).click();
  await plain.getByLabel('企业名称').fill('示例阀门有限公司');
  await plain.getByLabel('在哪个区').selectOption({ label: '同安区' });
  await plain.getByLabel('联系人').fill('赵例子');
  await plain.getByLabel('手机号').fill('13900001234');
  await plain.getByLabel('我同意为办这件事使用我填的资料').check();
  await plain.getByRole('button', { name: '提交诉求' }).click();
  await plain.waitForURL('**/follow/FW-*');
  receipt(await said(plain));
});
