// The case file of a closed request: everything the contents name is there, and it prints as one document.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { promisify } from 'node:util';
import { newFolder, startDemo } from './support.mjs';
import { as } from './steps.mjs';

const run = promisify(execFile);

let app;
before(async () => {
  app = await startDemo();
});

/** Pages of a PDF, by what it says about them. */
function pages(pdf) {
  return (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
}

test('a closed request opens as one case file and prints on A4', async () => {
  const page = await as(app, 'centre-officer');
  await page.goto('/overview/records?figure=closed');
  const numbers = await page.locator('a[href^="/requests/FW-"], a[href^="/cases/FW-"]').evaluateAll((links) =>
    links.map((link) => link.getAttribute('href').split('/').pop()),
  );
  let number;
  for (const one of numbers.slice(0, 30)) {
    const answer = await page.request.get(`/requests/${one}/file`, { maxRedirects: 0 });
    if (answer.status() === 200) {
      number = one;
      break;
    }
  }
  assert.ok(number, `none of ${numbers.length} listed requests is closed`);

  await page.goto(`/requests/${number}/file`);
  assert.equal(await page.locator('h1').innerText(), '案卷');
  const entries = page.locator('#contents tbody tr');
  const targets = await entries.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(targets.length >= 5, `${targets.length} entries in the contents`);
  for (const target of targets) assert.equal(await page.locator(target).count(), 1, target);
  const papers = await page.locator('article.paper .paper-code').count();
  assert.ok(papers >= 1, 'a closed request has papers');
  assert.match(await page.locator('#seal').innerText(), /[0-9a-f]{64}/);
  assert.match(await page.locator('#seal').innerText(), /现有记录和封存时一致/);

  const pdf = await page.pdf({ preferCSSPageSize: true });
  // Cover, contents, the request as noted, each paper, and what flows after them.
  assert.ok(pages(pdf) >= 3 + papers + 1, `${pages(pdf)} pages for ${papers} papers`);
  assert.ok(pages(pdf) <= 3 + 2 * papers + 12, `${pages(pdf)} pages for ${papers} papers`);
  // Where a renderer of PDF is installed, no page is empty.
  const folder = await newFolder('case-file');
  const file = join(folder, 'file.pdf');
  await writeFile(file, pdf);
  const made = await run('pdftoppm', ['-r', '20', '-gray', file, join(folder, 'page')]).catch(() => undefined);
  if (made) {
    for (let n = 1; n <= pages(pdf); n += 1) {
      const digits = String(pages(pdf)).length;
      const picture = await readFile(join(folder, `page-${String(n).padStart(digits, '0')}.pgm`));
      const dark = picture.subarray(20).filter((byte) => byte < 128).length;
      assert.ok(dark > 20, `page ${n} is empty`);
    }
  }
});
