// The link in a message: a firm without account asks on a phone, the desk answers, the message waits in the outbox; its
// link opens one page in WeChat's browser without sign-in. One tap grades, another confirms.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { WECHAT, looking, startDemo } from './support.mjs';
import { act, accept, as, dispatch, expectSaid, faceOf, receipt, said } from './steps.mjs';

let app;
before(async () => {
  app = await startDemo();
});

const PHOTO = {
  name: 'IMG_2041.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** A phone that has never been here: no cookies, WeChat's browser. */
const stranger = (options) => app.page({ width: 390, userAgent: WECHAT, ...options });

/** Asks without an account, to be told by text message. */
async function askOnPhone(words) {
  const phone = await stranger();
  await phone.goto('/ask');
  await phone.getByLabel('具体情况').fill(words);
  await phone.getByRole('button', { name: '继续' }).tap();
  await phone.getByLabel('企业名称').fill('示例水泵厂');
  await phone.getByLabel('在哪个区').selectOption({ label: '同安区' });
  await phone.getByLabel('联系人').fill('钱例子');
  await phone.getByLabel('手机号').fill('13900004567');
  await phone.getByRole('radio', { name: '发短信' }).check();
  await phone.getByLabel('我同意为办这件事使用我填的资料').check();
  await phone.getByRole('button', { name: '提交诉求' }).tap();
  await phone.waitForURL('**/follow/FW-*');
  return receipt(await said(phone)).number;
}

/** The newest message about a request, as it waits in the outbox, and the path of its link. */
async function message(number, words) {
  const admin = await as(app, 'system-admin');
  await admin.goto('/admin/outbox?to=phone');
  const text = admin.getByRole('main').getByText(new RegExp(`${number}.*${words}.*/t/`)).first();
  await text.waitFor();
  const told = (await text.innerText()).trim();
  const path = /\/t\/[0-9A-Za-z]{12}\b/.exec(told)?.[0];
  assert.ok(path, told);
  return { told, path };
}

/** Nothing on the page opens a window, and whom to ask can be called with a tap. */
async function fitsAPhone(page) {
  assert.equal(await page.locator('[target]').count(), 0);
  const whom = page.getByRole('region', { name: '有事找谁' });
  assert.match(await whom.getByRole('link').first().getAttribute('href'), /^tel:\d+$/);
}

test('answered by the desk: one tap grades, another confirms', async () => {
  const look = looking();
  const number = await askOnPhone('示例：想问一下展会补贴什么时候能申请。');
  const agent = await as(app, 'operator-agent');
  await accept(agent, number);
  await act(agent, '由本坐席直接答复', { words: '示例：九月一日起，在政策平台上申请。', submit: '答复企业' });
  await expectSaid(agent, '已答复');

  const { told, path } = await message(number, '已答复');
  assert.doesNotMatch(told, /展会|钱例子|水泵/);

  const phone = await stranger();
  await phone.goto(path);
  const main = phone.getByRole('main');
  await phone.getByRole('region', { name: '给企业的答复' }).waitFor();
  assert.match(await main.innerText(), /九月一日起/);
  assert.doesNotMatch(await main.innerText(), /13900004567|钱例子/);
  assert.equal(await phone.getByRole('navigation').count(), 0);
  await fitsAPhone(phone);
  await look(phone, 'link-answered-390');
  // A preview of the message, and a second look, change nothing.
  await phone.reload();

  await phone.getByRole('button', { name: '满意', exact: true }).tap();
  await expectSaid(phone, '评价收到了');
  await phone.getByText('您的评价：满意。').waitFor();
  await look(phone, 'link-graded-390');
  await phone.getByLabel('想说的话').fill('示例：答得清楚。');
  await phone.getByRole('button', { name: '补上这句话' }).tap();
  await expectSaid(phone, '这句话加上了');
  await phone.getByRole('button', { name: '确认办结' }).tap();
  await expectSaid(phone, '已确认办结');
  await look(phone, 'link-confirmed-390');

  // Opened again, by whomever: it says what was done, and offers nothing that is over.
  const later = await stranger({ colorScheme: 'dark' });
  await later.goto(path);
  await later.getByText('办结了：企业确认').waitFor();
  assert.match(await later.getByRole('main').innerText(), /您的评价：满意。\s*示例：答得清楚。/);
  assert.equal(await later.getByRole('button').count(), 0);
  await look(later, 'link-again-390-dark');
  // The way on asks for the query code.
  await later.getByRole('link', { name: '看全部经过' }).tap();
  await later.waitForURL(`**/follow?n=${number}`);
  assert.equal(await later.getByLabel('编号').inputValue(), number);

  await agent.goto(`/requests/${number}`);
  assert.match(await agent.getByRole('main').innerText(), /4 分，满意/);
  look.done();
});

test('a question is answered with a picture, also without scripts', async () => {
  const look = looking();
  const number = await askOnPhone('示例：叶轮要做动平衡，两只。');
  const { place } = await faceOf(await app.page(), 'window-agent');
  await accept(await as(app, 'operator-agent'), number);
  await dispatch(await as(app, 'operator-dispatcher'), number, [place]);
  const window_ = await as(app, 'window-agent');
  await window_.goto(`/requests/${number}`);
  await act(window_, '接单');
  await expectSaid(window_, '接下来了');
  await act(window_, '请企业补材料', { words: '示例：请拍一张样品照片。', submit: '发给企业' });
  await expectSaid(window_, '已发给企业');

  const { path } = await message(number, '请您答');
  const phone = await stranger();
  await phone.goto(path);
  await phone.getByText('请拍一张样品照片').waitFor();
  await fitsAPhone(phone);
  await look(phone, 'link-question-390');
  // The line breaks: it is said in place, nothing is lost.
  await phone.getByLabel('您的答复').fill('示例：照片在这里。');
  await phone.getByLabel('照片或文件').setInputFiles(PHOTO);
  await phone.context().setOffline(true);
  await phone.getByRole('button', { name: '发出' }).tap();
  await phone.getByRole('alert').filter({ hasText: '网断了' }).waitFor();
  assert.equal(await phone.getByLabel('您的答复').inputValue(), '示例：照片在这里。');
  await phone.context().setOffline(false);
  await phone.getByRole('button', { name: '发出' }).tap();
  await expectSaid(phone, '收到了');
  await phone.getByText('您已经答复').waitFor();
  await look(phone, 'link-supplied-390');
  await window_.goto(`/requests/${number}`);
  assert.match(await window_.getByRole('main').innerText(), /照片在这里/);
  assert.match(await window_.getByRole('main').innerText(), /IMG_2041\.png/);

  // Asked a second time, answered from a browser without scripts; the first link has been overtaken.
  await act(window_, '请企业补材料', { words: '示例：再写一下材质。', submit: '发给企业' });
  await expectSaid(window_, '已发给企业');
  const second = await message(number, '请您答');
  assert.notEqual(second.path, path);
  await phone.reload();
  await phone.getByText('这个链接不再管用').waitFor();
  await look(phone, 'link-overtaken-390');
  const plain = await stranger({ javaScriptEnabled: false });
  await plain.goto(second.path);
  await plain.getByLabel('您的答复').fill('示例：304 不锈钢。');
  await plain.getByRole('button', { name: '发出' }).click();
  await plain.getByText('您已经答复').waitFor();

  // A link that was not copied whole says so, and where else to go.
  const cut = await stranger();
  await cut.goto(path.slice(0, -3));
  await cut.getByRole('heading', { name: '这个链接打不开' }).waitFor();
  await look(cut, 'link-unknown-390');
  look.done();
});
