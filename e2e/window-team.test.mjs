// Inside a window: the manager gives, an agent goes away, the deputy handles and the firm reads whom it can
// reach. And the same matter of two firms: one answer for both.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { looking, startDemo } from './support.mjs';
import { accept, act, as, ask, dispatch, expectSaid, faceOf, mayDo, serve, unfold } from './steps.mjs';

const CATEGORY = '技术创新和质量服务';

let app;
/** The manager of a window whose matters are given, and an agent there. */
let manager;
let agent;
/** Value of the button that becomes the agent. */
let agentAs;
before(async () => {
  app = await startDemo();
  const page = await app.page();
  manager = await faceOf(page, 'window-manager');
  const values = await page
    .locator('button[name="as"]')
    .filter({ hasText: '窗口工作人员' })
    .evaluateAll((all) => all.map((one) => one.value));
  for (const value of values) {
    const face = await faceOf(page, value);
    if (face.place === manager.place) [agent, agentAs] = [face, value];
  }
  assert.ok(agent, `an agent of ${manager.place} among ${values}`);
  await page.context().close();
});

test('the manager gives, an agent goes away, the deputy handles, the firm reads who', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const desk = await as(app, 'operator-agent');
  const dispatcher = await as(app, 'operator-dispatcher');
  const boss = await as(app, 'window-manager');
  const hand = await as(app, agentAs);

  const title = '喷涂线废气治理想找人看看';
  const number = await ask(firm, { words: '喷涂线的废气处理老是不稳，想请人到现场看看怎么改。', title });
  await accept(desk, number, CATEGORY);
  await dispatch(dispatcher, number, [manager.place]);

  // The team: who holds what, who is away; and how what is new is shared out.
  await boss.goto('/team');
  await look(boss, 'team-manager-1280');
  await boss.getByRole('radio', { name: '由负责人分给人' }).check();
  await boss.getByRole('button', { name: '就这样分' }).click();
  await expectSaid(boss, '改好了');

  // Nobody claims there: the reason stands in the place of the step.
  await hand.goto(`/requests/${number}`);
  await mayDo(hand).getByText('请负责人分给您').waitFor();
  await hand.goto('/inbox');
  assert.equal(await hand.getByRole('button', { name: '归我办' }).count(), 0);

  // Late and close matters stand first, with their numbers.
  await boss.goto('/inbox');
  await look(boss, 'inbox-manager-1280');
  assert.match(await boss.getByRole('table').first().innerText(), /红：已超期 \d+ 件|黄：临近到期 \d+ 件/);

  // Given from the inbox, with everybody's load beside the name.
  await boss.goto(`/inbox?q=${number}`);
  await boss.getByRole('checkbox', { name: /选中 PD-/ }).first().check();
  await boss.getByRole('button', { name: '分给人' }).click();
  await boss.waitForURL('**/team/give**');
  await look(boss, 'team-give-1280');
  const choice = boss.getByRole('radio', { name: new RegExp(`^${agent.name}`) });
  assert.match(await choice.evaluate((box) => box.closest('label').innerText), /在手 \d+ 件，超期 \d+ 件，今天到期 \d+ 件/);
  await choice.check();
  await boss.getByRole('button', { name: '分出去 1 件' }).click();
  await expectSaid(boss, '已分出去 1 件');
  await hand.goto(`/requests/${number}`);
  await act(hand, '接单');
  await expectSaid(hand, '接下来了');
  await firm.goto(`/requests/${number}`);
  assert.match(await firm.getByRole('complementary').innerText(), new RegExp(agent.name));

  // Whoever is away comes back first; then the agent goes away and the manager stands in.
  await boss.goto('/team');
  const back = boss.getByRole('button', { name: /回来了$/ });
  for (let left = await back.count(); left > 0; left -= 1) {
    await back.first().click();
    await expectSaid(boss, '这一段已结束');
  }
  await hand.goto('/team');
  await look(hand, 'team-agent-1280');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const day = (await hand.locator('footer time').first().getAttribute('datetime'))?.slice(0, 10) ?? today;
  await hand.getByLabel('从哪天起').fill(day);
  await hand.getByLabel('到哪天').fill(day);
  await hand.getByRole('button', { name: '登记' }).click();
  await hand.getByRole('alert').waitFor();
  const deputy = await hand
    .getByLabel('谁来代班')
    .locator('option')
    .filter({ hasText: manager.name })
    .first()
    .getAttribute('value');
  await hand.getByLabel('谁来代班').selectOption(deputy);
  await hand.getByRole('button', { name: '登记' }).click();
  await expectSaid(hand, '登记好了');

  // The firm reads the deputy's name, the deputy handles, the holder stays.
  await firm.reload();
  assert.match(await firm.getByRole('complementary').innerText(), new RegExp(manager.name));
  await look(firm, 'firm-deputy-1280');
  await boss.goto(`/inbox?q=${number}`);
  assert.match(await boss.getByRole('table').first().innerText(), new RegExp(`您，代${agent.name}`));
  await boss.goto(`/requests/${number}`);
  await act(boss, '记下联系情况', { words: '电话约了周四到现场', submit: '记下' });
  await expectSaid(boss, '开始办理');
  await act(boss, '反馈结果', { words: '看过现场，风量不够，改造建议已发。', submit: '反馈' });
  await expectSaid(boss, '已反馈');
  await firm.reload();
  await firm.getByText('风量不够').first().waitFor();
});

test('two firms, one matter: merged with one click, both answered', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const other = await as(app, 'enterprise-representative');
  const desk = await as(app, 'operator-agent');
  const dispatcher = await as(app, 'operator-dispatcher');
  const provider = await as(app, 'provider-agent');
  const place = (await faceOf(await app.page(), 'provider-agent')).place;

  const words = '水性漆的挥发性有机物检测，集美和同安的机构都排到下个月，出货单等着，想问哪里能先测。';
  const title = '水性漆检测排期太长';
  const first = await ask(firm, { words, title });
  const second = await ask(other, { words, title });
  await accept(desk, first, CATEGORY);
  await accept(desk, second, CATEGORY);

  // The page says what may be the same, with a button.
  await dispatcher.goto(`/requests/${second}`);
  await dispatcher.getByRole('heading', { name: '可能是同一件' }).waitFor();
  await look(dispatcher, 'case-alike-1280');
  await dispatcher.getByRole('button', { name: `把这件并入 ${first}` }).click();
  await expectSaid(dispatcher, `${second} 已并入 ${first}`);
  await other.goto(`/requests/${second}`);
  await other.getByText('与另一位提出人的诉求是同一件事').waitFor();
  assert.doesNotMatch(await other.getByRole('main').innerText(), new RegExp(first));
  await look(other, 'firm-merged-1280');

  await dispatch(dispatcher, first, [place]);
  await serve(provider, first, { contact: '电话联系了', answer: '湖里的实验室本周三有空档，已替您留了位置。' });
  for (const [page, number] of [
    [firm, first],
    [other, second],
  ]) {
    await page.goto(`/requests/${number}`);
    await page.getByText('本周三有空档').first().waitFor();
  }
  // Each judges separately.
  await act(firm, '确认办结');
  await other.reload();
  const again = await unfold(other, '申请重办');
  await again.getByRole('textbox').last().fill('我们周三没有样品，想要下周的');
  await again.getByRole('button').last().click();
  await expectSaid(other, '重');
  await dispatcher.goto(`/requests/${second}`);
  assert.match(await dispatcher.getByRole('main').innerText(), /已受理，待派单/);
  await dispatcher.goto(`/requests/${first}`);
  assert.match(await dispatcher.getByRole('main').innerText(), /已办结/);
});
