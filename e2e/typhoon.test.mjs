// A typhoon day: the administrator enters the order, open due dates move, and the firm sees the old day and the new one.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { axe, looking, overflow, startDemo } from './support.mjs';
import { accept, as, ask } from './steps.mjs';

let app;
before(async () => {
  app = await startDemo();
});

/** The next working day after today as the calendar's own page counts it: no weekend. */
function soon(days) {
  const day = new Date(Date.now() + 8 * 3600_000);
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

test('a stoppage moves due days, with the difference shown', async () => {
  const look = looking();
  const firm = await as(app, 'enterprise-member');
  const desk = await as(app, 'operator-agent');
  const admin = await as(app, 'system-admin');

  const title = '台风前来问的一件事';
  const number = await ask(firm, { words: '仓库怕进水，想问有没有可以临时放货的地方。', title });
  await accept(desk, number, '信息服务');
  await firm.goto(`/requests/${number}`);

  const day = soon(1);
  const document = '厦防指〔2026〕99号';
  await admin.goto('/settings/calendar');
  const summary = admin.locator('summary').filter({ hasText: '停工' }).first();
  await summary.click();
  const form = admin.locator('form[action="/settings/calendar/stoppages"]');
  await form.locator('[name=from]').fill(day);
  await form.locator('[name=to]').fill(day);
  await form.locator('[name=document]').fill(document);
  await form.locator('[name=reason]').fill('台风停工');
  await form.getByRole('button').last().click();
  // First the difference, then the step.
  await admin.getByRole('heading', { name: '会变的到期日' }).waitFor();
  assert.ok((await admin.getByRole('main').innerText()).includes(number), 'the case that would move is named');
  assert.deepEqual(await axe(admin), []);
  await look(admin, 'typhoon-preview-1280');
  await admin.getByRole('button', { name: '登记并重算' }).click();
  await admin.getByText(document).first().waitFor();
  assert.equal(await admin.getByText('您上次写的还没有发出去').count(), 0, 'what was entered is no draft any more');
  await look(admin, 'typhoon-calendar-1280');
  await admin.getByRole('link', { name: /到期日变动/ }).first().click();
  await admin.getByRole('heading', { level: 1, name: '到期日变动' }).waitFor();
  assert.match(await admin.getByRole('main').innerText(), new RegExp(number));
  assert.deepEqual(await axe(admin), []);
  await look(admin, 'typhoon-moves-1280');

  // The firm is told, and reads both days with the document in the history.
  await firm.goto('/notices');
  assert.match(await firm.getByRole('main').innerText(), /因台风停工.*改到/);
  await firm.goto(`/requests/${number}`);
  const history = await firm.getByRole('main').innerText();
  assert.match(history, /重新计算期限/);
  assert.ok(history.includes(document), 'the document stands in the history');
  await look(firm, 'typhoon-firm-1280');

  // Everybody reads of it on the portal.
  const visitor = await app.page({ width: 390 });
  await visitor.goto('/');
  const home = await visitor.getByRole('main').innerText();
  assert.ok(home.includes('台风停工') && home.includes(document), home.slice(0, 300));
  assert.equal(await overflow(visitor), 0);
  await look(visitor, 'typhoon-home-390');
});
