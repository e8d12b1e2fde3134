// A connection that breaks: while somebody asks, and while papers are sent. Nothing typed is lost, and what was sent twice
// is one request.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { WECHAT, looking, startDemo } from './support.mjs';
import { accept, act, as, ask, dispatch, expectSaid, faceOf, receipt, said, unfold } from './steps.mjs';

let app;
before(async () => {
  app = await startDemo();
});

const TITLE = '示例：信号不好的地方也要能提';
const STORY = `${TITLE}。水泵叶轮要做动平衡，样品两只，想问排期和费用。`;
/** A camera's picture, as small as one can be. */
const PHOTO = {
  name: 'IMG_2041.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
    'base64',
  ),
};

const picked = (input) => input.evaluate((field) => field.files.length);

test('asking on a train: offline, back again, sent once', async () => {
  const look = looking();
  const phone = await app.page({ width: 390, userAgent: WECHAT });
  const alert = phone.getByRole('alert');

  // The first screen, offline: it is said in place, and nothing moves.
  await phone.goto('/ask');
  await phone.getByRole('radio', { name: '咨询' }).check();
  await phone.getByLabel('具体情况').fill(STORY);
  await phone.context().setOffline(true);
  await phone.getByRole('button', { name: '继续' }).tap();
  await alert.filter({ hasText: '网断了' }).waitFor();
  assert.equal(await phone.getByLabel('具体情况').inputValue(), STORY);
  await look(phone, 'offline-ask-1-390');

  // The phone put the page away; later it is opened anew: what was written is back in its place.
  await phone.context().setOffline(false);
  await phone.getByRole('status').filter({ hasText: '网通了' }).waitFor();
  await phone.reload();
  await phone.getByRole('status').filter({ hasText: '放回原处' }).waitFor();
  assert.equal(await phone.getByLabel('具体情况').inputValue(), STORY);
  assert.ok(await phone.getByRole('radio', { name: '咨询' }).isChecked());
  await look(phone, 'offline-ask-1-restored-390');
  await phone.getByRole('button', { name: '继续' }).tap();

  // The second screen, with a picture.
  await phone.getByLabel('企业名称').fill('示例水泵厂');
  await phone.getByLabel('在哪个区').selectOption({ label: '同安区' });
  await phone.getByLabel('联系人').fill('钱例子');
  await phone.getByLabel('手机号').fill('13900004567');
  await phone.getByRole('radio', { name: '发短信' }).check();
  await phone.getByLabel('我同意为办这件事使用我填的资料').check();
  const files = phone.getByLabel('附件');
  assert.match(await files.getAttribute('accept'), /^image\/\*,/);
  assert.equal(await files.getAttribute('capture'), null);
  await files.setInputFiles(PHOTO);
  await phone.context().setOffline(true);
  await phone.getByRole('button', { name: '提交诉求' }).tap();
  await alert.filter({ hasText: '网断了' }).waitFor();
  await look(phone, 'offline-ask-2-390');
  assert.equal(await phone.getByLabel('企业名称').inputValue(), '示例水泵厂');
  assert.equal(await phone.getByLabel('手机号').inputValue(), '13900004567');
  assert.ok(await phone.getByRole('radio', { name: '发短信' }).isChecked());
  assert.equal(await picked(files), 1);
  look.done();

  // Back again. Two tries arrive at the same moment, and their answers are lost on the way; the person sends it once more.
  await phone.context().setOffline(false);
  const arrived = await phone.evaluate(async () => {
    const form = document.querySelector('form[enctype]');
    const send = () => fetch(form.action, { method: 'POST', body: new FormData(form) }).then((answer) => answer.url);
    return Promise.all([send(), send()]);
  });
  await phone.getByRole('button', { name: '提交诉求' }).tap();
  await phone.waitForURL('**/follow/FW-*');
  assert.deepEqual([...new Set([...arrived, phone.url()])].length, 1);
  const { number } = receipt(await said(phone));
  const main = phone.getByRole('main');
  assert.match(await main.innerText(), /示例水泵厂/);
  assert.match(await main.innerText(), /IMG_2041\.png/);
  // The draft is gone with the receipt.
  await phone.goto('/ask');
  assert.equal(await phone.getByLabel('具体情况').inputValue(), '');
  assert.equal(await phone.evaluate(() => Object.keys(localStorage).length), 0);

  // Exactly one request, with the picture.
  const agent = await as(app, 'operator-agent');
  await agent.goto(`/cases?q=${encodeURIComponent('水泵叶轮')}`);
  assert.equal(await agent.getByRole('link', { name: TITLE }).count(), 1);
  assert.match(await agent.getByRole('main').innerText(), new RegExp(number));
});

test('papers on the way: the site does not answer, the page is opened anew, nothing is lost', async () => {
  const window_ = await as(app, 'window-agent');
  const { place } = await faceOf(await app.page(), 'window-agent');
  const firm = await as(app, 'enterprise-member', { width: 390, userAgent: WECHAT });
  const number = await ask(firm, { words: '示例：要做一次盐雾试验。' });
  await accept(await as(app, 'operator-agent'), number);
  await dispatch(await as(app, 'operator-dispatcher'), number, [place]);
  await window_.goto(`/requests/${number}`);
  await act(window_, '接单');
  await expectSaid(window_, '接下来了');
  await act(window_, '请企业补材料', { words: '请拍一张样品照片，写明材质。', submit: '发给企业' });
  await expectSaid(window_, '已发给企业');

  // The phone thinks it is online, but nothing comes through.
  await firm.goto(`/requests/${number}`);
  await firm.route('**/healthz', (route) => route.abort('timedout'));
  const box = await unfold(firm, '补交材料');
  const words = box.getByLabel('补充说明');
  await words.fill('示例：304 不锈钢，两件。');
  await box.getByLabel('附件').setInputFiles(PHOTO);
  await box.getByRole('button', { name: '补交' }).tap();
  await firm.getByRole('alert').filter({ hasText: '网断了' }).waitFor();
  assert.equal(await words.inputValue(), '示例：304 不锈钢，两件。');
  assert.equal(await picked(box.getByLabel('附件')), 1);

  // Opened anew, the words are back; a picture has to be picked again, and the page says so.
  await firm.unroute('**/healthz');
  await firm.reload();
  await firm.getByRole('status').filter({ hasText: '图片和附件要重新选' }).waitFor();
  assert.equal(await words.inputValue(), '示例：304 不锈钢，两件。');
  await box.getByLabel('附件').setInputFiles(PHOTO);
  await box.getByRole('button', { name: '补交' }).tap();
  await expectSaid(firm, '收到了');
  assert.match(await firm.getByRole('main').innerText(), /304 不锈钢/);
  assert.match(await firm.getByRole('main').innerText(), /IMG_2041\.png/);
  await firm.reload();
  assert.equal(await firm.getByRole('status').filter({ hasText: '放回原处' }).count(), 0);

  // Signing out leaves nothing on the machine.
  await firm.getByRole('textbox', { name: '写一条' }).fill('示例：还没有写完');
  await firm.waitForFunction(() => Object.keys(localStorage).length === 1);
  await firm.locator('summary').filter({ hasText: '企业' }).first().tap();
  await firm.getByRole('button', { name: '退出' }).tap();
  await firm.waitForURL((url) => !url.pathname.startsWith('/requests'));
  assert.equal(await firm.evaluate(() => Object.keys(localStorage).length), 0);
});
