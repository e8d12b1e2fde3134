// A department's turn: the dispatcher passes a matter on, an officer signs for it and answers, the dispatcher sees it;
// and the department sees the figures of its territory without what each matter is about.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { axe, looking, overflow, startDemo } from './support.mjs';
import { accept, act, as, ask, dispatch, expectSaid, faceOf, mayDo } from './steps.mjs';

let app;
let office;
before(async () => {
  app = await startDemo();
  const page = await app.page();
  office = await faceOf(page, 'department-officer');
  await page.context().close();
});

test('passed on, signed for, answered', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const desk = await as(app, 'operator-agent');
  const dispatcher = await as(app, 'operator-dispatcher');
  const officer = await as(app, 'department-officer');

  const title = '租的厂房要改用途，问区里怎么批';
  const number = await ask(firm, { words: '租的厂房想改成中试车间，不知道区里由哪个部门批、要哪些材料。', title });
  await accept(desk, number, '信息服务');
  await dispatch(dispatcher, number, [office.place]);

  // It lies in the department's own inbox, and waits to be signed for.
  await officer.goto(`/inbox?q=${number}`);
  await officer.getByRole('link', { name: title }).first().click();
  await officer.waitForURL(`**/requests/${number}`);
  assert.match(await officer.getByRole('main').innerText(), /待签收/);
  assert.equal(await mayDo(officer).getByRole('button', { name: '接单' }).count(), 0, 'a department signs, it does not take');
  await look(officer, 'department-offered-1280');
  assert.deepEqual(await axe(officer), []);
  await act(officer, '签收');
  await expectSaid(officer, '签收了');
  await dispatcher.goto(`/requests/${number}`);
  assert.match(await dispatcher.getByRole('main').innerText(), /已签收/);
  await look(dispatcher, 'department-signed-1280');

  await act(officer, '记下联系情况', { words: '电话联系，说清用途和面积。', submit: '记下' });
  await expectSaid(officer, '开始办理');
  await act(officer, '反馈结果', { words: '由区工信局出意见，材料三样，清单已发给企业。', submit: '反馈' });
  await expectSaid(officer, '已反馈');
  await dispatcher.reload();
  assert.match(await dispatcher.getByRole('main').innerText(), /材料三样/);
  await firm.goto(`/requests/${number}`);
  assert.match(await firm.getByRole('main').innerText(), /材料三样/);

  // Its figures: opened down to the records, which say nothing of the matters.
  await officer.goto('/overview');
  await officer.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await overflow(officer), 0);
  await look(officer, 'department-overview-1280');
});
