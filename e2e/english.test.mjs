// Everything in English: on no page of the main journey is Chinese left that is not marked as such.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { before } from 'node:test';
import { huiqi, looking, startDemo, unmarkedChinese } from './support.mjs';

let app;
/** Proper names that have no English form: firms, providers, people. */
let names;
before(async () => {
  app = await startDemo();
  names = new Set();
  for (const [register, columns] of [
    ['enterprises', ['name', 'legal_representative', 'contact', 'address']],
    ['providers', ['name', 'contact', 'address']],
  ]) {
    const file = path.join(app.data, `${register}.csv`);
    const { code, stderr } = await huiqi(['export', register, file, '--data', app.data], { env: { LC_ALL: 'C' } });
    assert.equal(code, 0, stderr);
    const [heads, ...rows] = (await readFile(file, 'utf8')).replace('\ufeff', '').trim().split(/\r?\n/);
    const places = columns.map((column) => heads.split(',').indexOf(column));
    for (const row of rows) for (const place of places) names.add(row.split(',')[place] ?? '');
  }
  // The people of the demo, as the sign-in page calls them.
  const page = await app.page();
  await page.goto('/sign-in');
  for (const words of await page.locator('li:has(button[name="as"]) p').allInnerTexts()) {
    names.add(words.split('\n')[0].split('，').pop().trim());
  }
  await page.context().close();
});

/**
 * What people have written: titles of cases and names of products, as the words of a link to one; and
 * lists of people, whose names have no other form.
 */
const WRITTEN = [
  'main a[href^="/requests/"]',
  'main a[href^="/cases/"]',
  'main a[href^="/improvements/"]',
  'main a[href^="/people/"]',
  'main a[href^="/products/"]',
  'main a[href^="/services/"]',
];

test('English throughout', async () => {
  const look = looking();
  /** What is left in Chinese, with the pages it was found on. */
  const left = new Map();
  const note = (found, name) => left.set(found, [...(left.get(found) ?? []), name]);
  const check = async (page, name) => {
    await page.getByRole('main').waitFor();
    if ((await page.getAttribute('html', 'lang')) !== 'en') note('the page is not in English', name);
    for (const found of await unmarkedChinese(page, { except: WRITTEN, names })) note(found, name);
    await look(page, `en-${name}`);
  };
  const signIn = async (role) => {
    const page = await app.page({ locale: 'en' });
    await page.goto('/sign-in');
    await page.locator(`button[name="as"][value="${role}"]`).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    return page;
  };

  // The public: home, services, windows, the rule, sign-in, registration.
  const visitor = await app.page({ locale: 'en' });
  for (const [name, path] of [
    ['home', '/'],
    ['services', '/services'],
    ['windows', '/find/windows'],
    ['rule', '/rule'],
    ['privacy', '/privacy'],
    ['sign-in', '/sign-in'],
    ['register', '/register'],
    ['follow', '/follow'],
    ['not-found', '/no/such/page'],
  ]) {
    await visitor.goto(path);
    await check(visitor, name);
  }

  // A visitor asks in English, with an error on the way.
  await visitor.goto('/ask');
  await check(visitor, 'ask-1');
  await visitor.getByRole('button', { name: 'Continue' }).click();
  await visitor.getByRole('alert').waitFor();
  await check(visitor, 'ask-1-error');
  await visitor.locator('[name="words"]').fill('We need the emission of three control boards measured before export.');
  await visitor.getByRole('button', { name: 'Continue' }).click();
  await visitor.locator('[name="contact"]').waitFor();
  await check(visitor, 'ask-2');
  await visitor.locator('[name="firm"]').fill('Sample Valves Ltd');
  await visitor.locator('[name="district"]').selectOption('350206');
  await visitor.locator('[name="contact"]').fill('Ann Sample');
  await visitor.locator('[name="phone"]').fill('1390000123');
  await visitor.locator('[name="consent"]').check();
  const send = visitor.locator('form[enctype] button[type="submit"]').first();
  await send.click();
  await visitor.getByRole('alert').waitFor();
  await check(visitor, 'ask-2-error');
  await visitor.locator('[name="phone"]').fill('13900001234');
  await send.click();
  await visitor.waitForURL('**/follow/FW-*');
  const number = new URL(visitor.url()).pathname.split('/').pop();
  await check(visitor, 'followed');

  // The desk, the dispatcher, the window, the centre and the administrator.
  const agent = await signIn('operator-agent');
  for (const [name, path] of [
    ['inbox-agent', '/inbox'],
    ['cases', '/cases'],
    ['case-submitted', `/requests/${number}`],
    ['counter', '/requests/new'],
    ['enterprises', '/enterprises'],
    ['imports', '/imports'],
    ['imports-new', '/imports/new'],
    ['verifications', '/verifications'],
    ['providers', '/providers'],
    ['products', '/products'],
    ['windows-register', '/windows'],
    ['improvements', '/improvements'],
    ['notices', '/notices'],
    ['me', '/me'],
    ['rule-staff', '/rule'],
  ]) {
    await agent.goto(path);
    await check(agent, name);
  }
  await agent.goto(`/requests/${number}`);
  await agent.locator('details#accept summary').click();
  await agent.locator('details#accept [name="category"]').selectOption({ index: 5 });
  await agent.locator('details#accept button[type="submit"]').click();
  await agent.getByRole('main').getByRole('status').first().waitFor();
  await check(agent, 'case-accepted');
  await agent.goto('/enterprises');
  await agent.getByRole('main').getByRole('row').nth(1).getByRole('link').first().click();
  await check(agent, 'enterprise');

  const dispatcher = await signIn('operator-dispatcher');
  await dispatcher.goto('/inbox');
  await check(dispatcher, 'inbox-dispatcher');
  await dispatcher.goto(`/requests/${number}/dispatch`);
  await check(dispatcher, 'dispatch');
  await dispatcher.locator('form[action$="/dispatch"] button[type="submit"]').click();
  await dispatcher.waitForURL(`**/requests/${number}`);
  await check(dispatcher, 'case-dispatched');

  const window_ = await signIn('window-agent');
  await window_.goto('/inbox');
  await check(window_, 'inbox-window');

  const firm = await signIn('enterprise-representative');
  for (const [name, path] of [
    ['my-requests', '/requests'],
    ['my-enterprise', '/my/enterprise'],
    ['people-firm', '/people'],
  ]) {
    await firm.goto(path);
    await check(firm, name);
  }

  const admin = await signIn('system-admin');
  for (const [name, path] of [
    ['people', '/people'],
    ['organisations', '/organisations'],
    ['organisation-new', '/organisations/new'],
    ['settings', '/settings'],
    ['jobs', '/settings/jobs'],
  ]) {
    await admin.goto(path);
    await check(admin, name);
  }
  const auditor = await signIn('audit-admin');
  await auditor.goto('/audit');
  await check(auditor, 'audit');

  const all = [...left].map(([found, pages]) => `${found} (${pages.length}: ${pages.slice(0, 3).join(', ')})`);
  assert.equal([...all, ...look.found()].join('\n'), '');
});
