// The centre looks at the whole network: every figure leads to the records it counts, goes into a
// file, and onto one sheet of paper; in English nothing is left in Chinese unmarked.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { looking, startDemo, unmarkedChinese } from './support.mjs';
import { as, faceOf } from './steps.mjs';

let app;
before(async () => {
  app = await startDemo();
});

const digits = (text) => Number(text.replace(/[^\d]/g, ''));

/** Every link of the page that leads to records, with its words. */
const toRecords = (page) =>
  page
    .getByRole('main')
    .locator('a[href^="/overview/records"]')
    .evaluateAll((all) => all.map((one) => ({ href: one.getAttribute('href'), words: one.textContent.trim() })));

test('every figure leads to exactly the records it counts', async () => {
  const look = looking();
  const page = await as(app, 'centre-approver');
  await page.getByRole('link', { name: '统计', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '全网概况' }).waitFor();
  await look(page, 'overview-1280');

  // The first figure, opened as a person does.
  const intake = page.getByRole('main').locator('div').filter({ has: page.getByRole('term') });
  const tile = intake.filter({ has: page.getByRole('link', { name: '收到诉求', exact: true }) }).last();
  const shown = digits((await tile.getByRole('definition').innerText()).split('\n')[0]);
  assert.ok(shown > 100, `the city asks: ${shown}`);
  await tile.getByRole('link', { name: '收到诉求', exact: true }).click();
  await page.waitForURL('**/overview/records?*');
  await look(page, 'overview-records-1280');
  const head = await page.getByRole('main').locator('header').innerText();
  assert.equal(digits(/([\d,]+) 条/.exec(head)[1]), shown);
  // As many rows as it says, page after page.
  let rows = 0;
  for (let pages = 0; pages < 3; pages += 1) {
    rows += await page.getByRole('main').locator('tbody tr').count();
    const next = page.getByRole('link', { name: '下一页' });
    if ((await next.count()) === 0) break;
    await next.click();
  }
  assert.equal(rows, Math.min(150, shown));

  // All others, by their addresses: the number in the link is the number in the list.
  await page.goto('/overview');
  const links = (await toRecords(page)).filter(({ words }) => /^[\d,]+$/.test(words));
  assert.ok(links.length > 20, `${links.length} figures can be opened`);
  const wrong = [];
  for (const { href, words } of links) {
    const answer = await page.request.get(href);
    const found = /([\d,]+) 条/.exec(await answer.text());
    if (!answer.ok() || !found || digits(found[1]) !== digits(words)) {
      wrong.push(`${words} but ${found?.[1] ?? answer.status()}: ${href}`);
    }
  }
  assert.deepEqual(wrong, []);

  // A narrower range and a district narrow the figures and the lists alike.
  await page.goto('/overview?district=350206');
  const narrow = (await toRecords(page)).filter(({ words }) => /^[\d,]+$/.test(words));
  assert.ok(narrow.length > 0);
  for (const { href, words } of narrow.slice(0, 5)) {
    assert.match(href, /district=350206/);
    const found = /([\d,]+) 条/.exec(await (await page.request.get(href)).text());
    assert.equal(digits(found[1]), digits(words), href);
  }
  look.done();
});

test('the figures go into a file and onto one sheet', async () => {
  const page = await as(app, 'centre-approver');
  await page.goto('/overview');
  const save = async (name) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).click(),
    ]);
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  };
  const xlsx = await save('导出 Excel');
  assert.match(xlsx.name, /^全网概况-\d{4}-\d{2}-\d{2}-\d{4}-\d{2}-\d{2}\.xlsx$/);
  assert.equal(xlsx.content.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004');
  assert.ok(xlsx.content.length > 4000, `${xlsx.content.length} bytes`);
  const csv = await save('导出 CSV');
  assert.deepEqual([...csv.content.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const text = csv.content.toString('utf8');
  const words = await page.getByRole('main').innerText();
  const intake = digits(/收到诉求\s*([\d,]+)/.exec(words)[1]);
  assert.match(text, new RegExp(`收到诉求,${intake},`));

  // What only works on the screen stays there.
  await page.emulateMedia({ media: 'print' });
  for (const gone of [page.getByRole('navigation', { name: '工作台导航' }), page.getByRole('button', { name: '打印' })]) {
    assert.equal(await gone.first().isVisible(), false, `${gone} on paper`);
  }
  assert.ok(await page.getByText('由').filter({ hasText: '打印' }).first().isVisible(), 'who printed it and when');
  await page.emulateMedia({ media: null });
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length;
  assert.equal(sheets, 1, 'one sheet of A4');
});

test('on a phone, and in English', async () => {
  const look = looking();
  const phone = await as(app, 'centre-approver', { width: 390 });
  await phone.goto('/overview');
  await look(phone, 'overview-390');

  const who = await faceOf(await app.page(), 'centre-approver');
  const page = await as(app, 'centre-approver', { locale: 'en' });
  await page.goto('/overview');
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  await look(page, 'overview-en-1280');
  /** Who is signed in has no English name. */
  const { name } = who;
  const left = await unmarkedChinese(page, { names: new Set([name]) });
  const [first] = await toRecords(page);
  await page.goto(first.href);
  left.push(...(await unmarkedChinese(page, { names: new Set([name]) })));

  const dark = await as(app, 'centre-approver', { colorScheme: 'dark' });
  await dark.goto('/overview');
  await look(dark, 'overview-dark-1280');
  assert.equal([...left, ...look.found()].join('\n'), '');
});
