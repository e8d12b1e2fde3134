// From the dispatcher's inbox to the window, back from the firm, and on into the improvement; and two
// people who act on one case at once.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { looking, startDemo } from './support.mjs';
import { accept, act, as, ask, dispatch, expectSaid, faceOf, mayDo, serve, unfold } from './steps.mjs';

const CATEGORY = '技术创新和质量服务';

let app;
/** Who is who in the demo. */
let window_;
let provider;
before(async () => {
  app = await startDemo();
  const page = await app.page();
  window_ = await faceOf(page, 'window-agent');
  provider = await faceOf(page, 'provider-agent');
  await page.context().close();
});

/** The label of a category on the page where a firm asks begins with its name. */
const asked = (page, words, title) => ask(page, { words, title });

test('dispatched to two, done again, confirmed, graded, improved and checked', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const desk = await as(app, 'operator-agent');
  const dispatcher = await as(app, 'operator-dispatcher');
  const agent = await as(app, 'window-agent');
  const helper = await as(app, 'provider-agent');

  const title = '电控板辐射发射超标，想做一次预测试';
  const number = await asked(firm, '新做的电控板要出口欧盟，摸底时辐射发射超标，想先做一次预测试再整改，板子有三块。', title);
  await look(firm, 'firm-asked-1280');
  await desk.goto(`/requests/${number}`);
  await look(desk, 'case-submitted-1280');
  await accept(desk, number, CATEGORY);
  await look(desk, 'case-accepted-1280');

  // The dispatcher finds it in the inbox and looks at the suggestions with their reasons.
  await dispatcher.goto('/inbox');
  await look(dispatcher, 'inbox-dispatcher-1280');
  await dispatcher.goto(`/inbox?q=${number}`);
  await dispatcher.getByRole('link', { name: title }).click();
  await dispatcher.waitForURL(`**/requests/${number}`);
  await mayDo(dispatcher).getByRole('link', { name: '派单', exact: true }).click();
  await dispatcher.waitForURL(`**/requests/${number}/dispatch`);
  const suggestions = dispatcher.getByRole('group', { name: '派给谁' }).getByRole('checkbox');
  assert.ok((await suggestions.count()) > 0, 'there are suggestions');
  for (const suggestion of await suggestions.all()) {
    const words = await suggestion.evaluate((box) => box.closest('label').innerText);
    assert.match(words, /在.+|同类别|综合窗口|在办 \d+ 件/, `a reason stands beside it: ${words}`);
  }
  await look(dispatcher, 'dispatch-1280');
  // Nobody chosen is said.
  for (const box of await dispatcher.getByRole('checkbox', { checked: true }).all()) await box.uncheck();
  await dispatcher.getByLabel('给承办单位的话').fill('企业周五前要结果');
  await dispatcher.getByRole('button', { name: '派出去' }).click();
  await dispatcher.getByRole('alert').waitFor();
  assert.match(await dispatcher.getByRole('alert').innerText(), /还没有选派给谁/);
  assert.equal(await dispatcher.getByLabel('给承办单位的话').inputValue(), '企业周五前要结果');
  await dispatch(dispatcher, number, [window_.place, provider.place]);
  const given = dispatcher.getByRole('region', { name: '派给了谁，各自怎样答复' });
  assert.match(await given.innerText(), new RegExp(window_.place.replace(/[（）]/g, '.')));
  assert.match(await given.innerText(), new RegExp(provider.place.replace(/[（）]/g, '.')));
  await look(dispatcher, 'case-dispatched-1280');

  // The provider declines; its words are for the dispatcher only.
  await helper.goto('/inbox');
  await look(helper, 'inbox-provider-1280');
  await helper.goto(`/requests/${number}`);
  await look(helper, 'case-provider-1280');
  await act(helper, '退单', { words: '暗室本月排满' });
  await helper.getByRole('main').getByRole('status').first().waitFor();
  await dispatcher.reload();
  assert.match(await dispatcher.getByRole('main').innerText(), /暗室本月排满/);

  // The window takes it, is refused to report before the first contact, and serves.
  await agent.goto('/inbox');
  await look(agent, 'inbox-window-1280');
  await agent.goto(`/requests/${number}`);
  assert.doesNotMatch(await agent.getByRole('main').innerText(), /暗室本月排满/);
  await act(agent, '接单');
  await expectSaid(agent, '接下来了');
  assert.match(await mayDo(agent).innerText(), /先联系企业，记下第一次联系，再反馈/);
  await look(agent, 'case-window-taken-1280');
  await act(agent, '记下联系情况', { words: '电话联系上，约周三送样。', submit: '记下' });
  await expectSaid(agent, '开始办理');
  await act(agent, '反馈结果', { words: '预测试做完，超标点在时钟线，整改办法见附页。', submit: '反馈' });
  await expectSaid(agent, '已反馈');

  // The firm reads the answer and wants it done again.
  await firm.goto(`/requests/${number}`);
  await look(firm, 'firm-answered-1280');
  assert.match(await firm.getByRole('region', { name: '给企业的答复' }).innerText(), /超标点在时钟线/);
  await act(firm, '申请重办', { words: '只测了一块板，另外两块没有测。', submit: '退回重办' });
  await expectSaid(firm, '重新办');

  // Again to the window, and answered again.
  await dispatch(dispatcher, number, [window_.place]);
  await serve(agent, number, { contact: '已道歉，约周四补测。', answer: '三块板都测完，结果一致。' });

  // The firm confirms and grades 2.
  await firm.goto(`/requests/${number}`);
  await act(firm, '确认办结');
  await expectSaid(firm, '已确认办结');
  const grades = firm.getByRole('region', { name: '办得怎么样' });
  await grades.getByLabel('想说的话').fill('第一次没有测全，耽误了一周。');
  await grades.getByRole('button', { name: '不满意', exact: true }).click();
  await expectSaid(firm, '评价收到了');
  assert.match(await grades.innerText(), /不满意/);
  await look(firm, 'firm-graded-1280');

  // The improvement lies at the window: the firm is heard first, then the remedy.
  await agent.goto('/improvements?state=open');
  await look(agent, 'improvements-window-1280');
  await agent.getByRole('row', { name: new RegExp(title) }).getByRole('link').first().click();
  await agent.waitForURL(/\/improvements\/GJ-/);
  const improvement = new URL(agent.url()).pathname.split('/').pop();
  assert.match(await agent.getByRole('main').innerText(), /第一次没有测全/);
  await look(agent, 'improvement-opened-1280');
  // No cause chosen is said, and the words stay.
  const hear = await unfold(agent, '记下企业的话和原因');
  await hear.getByLabel('企业怎么说').fill('企业说送样前没有问清有几块板。');
  await hear.getByRole('button', { name: '记下企业的话' }).click();
  await agent.getByText('请选一个原因').first().waitFor();
  assert.equal(await agent.getByLabel('企业怎么说').inputValue(), '企业说送样前没有问清有几块板。');
  await look(agent, 'improvement-error-1280');
  await act(agent, '记下企业的话和原因', {
    pick: { 原因: { label: '说不明白' } },
    words: '企业说送样前没有问清有几块板。',
  });
  await expectSaid(agent, '记下企业的话');
  await act(agent, '已经改好', { words: '送样单加一栏“几块板、测几块”，接样当面核对。' });
  await expectSaid(agent, '已经改好');
  // Who fixed it cannot check it.
  assert.equal(await mayDo(agent).getByText('核实通过', { exact: true }).count(), 0);

  await dispatcher.goto('/inbox');
  await dispatcher.goto(`/improvements/${improvement}`);
  await look(dispatcher, 'improvement-fixed-1280');
  await act(dispatcher, '核实通过', { words: '看了新的送样单，抽查三份都填了。' });
  await expectSaid(dispatcher, '核实通过');
  assert.match(await dispatcher.getByRole('main').innerText(), /已核实/);
  await look(dispatcher, 'improvement-closed-1280');
  look.done();
});

test('several requests are dispatched together', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const desk = await as(app, 'operator-agent');
  const dispatcher = await as(app, 'operator-dispatcher');
  const numbers = [];
  for (const words of ['水龙头密封性检测要排期', '铜件镀层厚度想测一次']) {
    const number = await asked(firm, `${words}，样品已备好。`, words);
    await accept(desk, number, CATEGORY);
    numbers.push(number);
  }
  // One that still waits for the desk cannot go along.
  const early = await asked(firm, '想了解环保托管怎么收费。', '想了解环保托管怎么收费');

  await dispatcher.goto(`/inbox?q=${encodeURIComponent('水龙头密封性检测要排期')}`);
  await dispatcher.getByRole('checkbox', { name: `选中 ${numbers[0]}` }).check();
  await look(dispatcher, 'inbox-picked-1280');
  await dispatcher.getByRole('button', { name: '一起派单' }).click();
  await dispatcher.waitForURL('**/requests/dispatch?*');
  assert.match(await dispatcher.getByRole('main').innerText(), /1 件等着派/);

  const picked = [...numbers, early].map((number) => `n=${number}`).join('&');
  await dispatcher.goto(`/requests/dispatch?${picked}`);
  assert.match(await dispatcher.getByRole('main').innerText(), /2 件等着派[\s\S]*1 件不在等派单/);
  await look(dispatcher, 'batch-1280');
  const selects = dispatcher.getByRole('main').getByRole('combobox');
  assert.equal(await selects.count(), 2);
  await selects.nth(0).selectOption({ index: 1 });
  await selects.nth(1).selectOption({ index: 0 });
  await dispatcher.getByRole('button', { name: '按上面的派出去' }).click();
  await dispatcher.waitForURL('**/inbox');
  assert.match(await dispatcher.getByRole('main').innerText(), /已派出 1 件，2 件没有派|已派出 1 件，1 件没有派/);
  await dispatcher.goto(`/requests/${numbers[0]}`);
  assert.match(await dispatcher.getByRole('main').innerText(), /已派单/);
  await dispatcher.goto(`/requests/${numbers[1]}`);
  assert.match(await dispatcher.getByRole('main').innerText(), /待派单/);
  look.done();
});

test('two act on one case at once: one wins, the other is told and keeps the text', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const number = await asked(firm, '仓库消防改造要找有资质的单位，面积三千平。', '仓库消防改造找单位');
  const first = await as(app, 'operator-agent');
  const second = await as(app, 'operator-manager');
  const typed = '缺仓库平面图和原消防验收意见，请一次补齐；补齐后当天受理。';

  // Both have the page open, one has typed already.
  await first.goto(`/requests/${number}`);
  await second.goto(`/requests/${number}`);
  const box = await unfold(second, '退回补正');
  await box.getByRole('textbox').fill(typed);
  await act(first, '受理', {});
  await expectSaid(first, '已受理');

  await box.getByRole('button', { name: '退回补正' }).click();
  await second.getByRole('heading', { level: 1 }).filter({ hasText: '别人刚刚改过这一件' }).waitFor();
  const kept = await second.getByRole('textbox').evaluateAll((all) => all.map((one) => one.value));
  assert.ok(kept.includes(typed), `the typed text is on the page: ${kept}`);
  await look(second, 'stale-1280');

  // Only the first step happened.
  await second.goto(`/requests/${number}`);
  const text = await second.getByRole('main').innerText();
  assert.match(text, /待派单/);
  assert.doesNotMatch(text, /缺仓库平面图/);

  // The same for two who press the same button: once is enough.
  const dispatcher = await as(app, 'operator-dispatcher');
  await dispatch(dispatcher, number, [window_.place]);
  const agent = await as(app, 'window-agent');
  const manager = await as(app, 'window-manager');
  await agent.goto(`/requests/${number}`);
  if (await manager.goto(`/requests/${number}`).then((answer) => answer.ok())) {
    await Promise.all([act(agent, '接单'), act(manager, '接单')]);
    await Promise.all([agent.waitForLoadState(), manager.waitForLoadState()]);
    await agent.goto(`/requests/${number}`);
    const taken = await agent.getByRole('region', { name: '经过' }).getByText('接单', { exact: true }).count();
    assert.ok(taken <= 1, `taken ${taken} times`);
    assert.match(await agent.getByRole('main').innerText(), /办理中|已接单/);
  }
  look.done();
});
