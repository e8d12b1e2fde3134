// A matter that silence carried up is ordered to be answered in writing; an order whose day is over is answered late, which
// centre and bureau see, and settled.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { looking, startDemo } from './support.mjs';
import { act, as, expectSaid, unfold } from './steps.mjs';

let app;
before(async () => {
  app = await startDemo();
});

/** Somebody on the sign-in page whose house has an order to answer after its day; the page stands at the order. */
async function lateOne() {
  const first = await app.page();
  await first.goto('/sign-in');
  const faces = await first.locator('button[name="as"]').evaluateAll((all) => all.map((one) => one.value));
  await first.context().close();
  for (const face of faces.filter((name) => /^(window|provider|department|SF|operator)-/.test(name))) {
    const page = await as(app, face);
    await page.goto('/supervision-orders?state=overdue');
    const links = page.getByRole('main').locator('a[href^="/supervision-orders/DB-"]');
    const orders = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    for (const order of orders) {
      await page.goto(order);
      // Some see an order that another seat of their house answers.
      if ((await page.locator('summary').filter({ hasText: '书面答复' }).count()) > 0) return page;
    }
    await page.context().close();
  }
  return null;
}

test('an order is issued from a matter that came up, and stands on its page', async () => {
  const look = looking();
  const officer = await as(app, 'centre-officer');
  await officer.goto('/supervision-orders');
  await look(officer, 'orders-list-1280');
  const due = officer.getByRole('region', { name: '该督办的' });
  const row = due.getByRole('row').filter({ has: officer.getByRole('button') }).first();
  const matter = await row.locator('a[href^="/cases/"]').first().getAttribute('href');
  await row.getByRole('button', { name: /下达督办/ }).click();
  await officer.waitForURL('**/supervision-orders/DB-*');
  await expectSaid(officer, '已下达');
  await look(officer, 'order-issued-1280');
  const number = officer.url().split('/').pop();
  await officer.goto(matter);
  const up = officer.getByRole('region', { name: '催办和升级' });
  assert.match(await up.innerText(), new RegExp(`${number}[^]*待书面答复`));
  // The bureau sees it too; a second order to the same house about the same matter is not made.
  const bureau = await as(app, 'bureau-officer');
  await bureau.goto(`/supervision-orders/${number}`);
  assert.match(await bureau.getByRole('main').innerText(), /待书面答复/);
  look.done();
});

test('answered after its day: late to everybody, accepted, settled', async () => {
  const look = looking();
  const handler = await lateOne();
  assert.ok(handler, 'somebody on the sign-in page has an order to answer after its day');
  const number = handler.url().split('/').pop();
  assert.match(await handler.getByRole('main').innerText(), /过期未答/);
  await look(handler, 'order-overdue-1280');
  const form = await unfold(handler, '书面答复');
  await form.getByLabel('答复', { exact: true }).fill('经办人请假没有交接，已换人，今天联系了企业，后天给结果。');
  // Without the day the form comes back with what was typed.
  await form.getByRole('button', { name: '书面答复' }).click();
  await handler.getByText('还没有填办完的日期').first().waitFor();
  assert.match(await form.getByLabel('答复', { exact: true }).inputValue(), /已换人/);
  const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel('办完日期').fill(day);
  await form.getByRole('button', { name: '书面答复' }).click();
  await expectSaid(handler, '已答复');
  assert.match(await handler.getByRole('main').innerText(), /迟答/);
  await look(handler, 'order-answered-1280');

  const bureau = await as(app, 'bureau-officer');
  await bureau.goto('/supervision-orders?state=late');
  assert.ok((await bureau.locator(`a[href="/supervision-orders/${number}"]`).count()) > 0, 'the bureau sees it as late');

  const officer = await as(app, 'centre-officer');
  await officer.goto(`/supervision-orders/${number}`);
  assert.match(await officer.getByRole('main').innerText(), /迟答[^]*已换人/);
  await act(officer, '认可答复，了结督办', { words: '迟答已记录，请按期办完。', submit: '认可答复，了结督办' });
  await expectSaid(officer, '督办已了结');
  assert.match(await officer.getByRole('main').innerText(), /已了结[^]*迟答/);
  await look(officer, 'order-settled-1280');
  look.done();
});
