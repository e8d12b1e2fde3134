// The power goes while the program works: after the next start nothing is half done, and what was
// under way ends by itself.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { huiqi, newFolder, startDemo, startEmpty } from './support.mjs';
import { as, ask } from './steps.mjs';

const PASSWORD = '翠竹 码头 风筝 算盘';
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A whole code (GB 32100-2015) of the block that no office issues. */
function creditCode(number) {
  const body = `Y8${String(number).padStart(6, '0')}`;
  const values = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((all, c, i) => all + values.indexOf(c) * weights[i], 0);
  const inner = 11 - (sum % 11);
  const front = `91350203${body}${{ 10: 'X', 11: '0' }[inner] ?? inner}`;
  let power = 1;
  const rest = [...front].reduce((all, c) => {
    const next = all + ALPHABET.indexOf(c) * power;
    power = (power * 3) % 31;
    return next;
  }, 0);
  return front + ALPHABET[(31 - (rest % 31)) % 31];
}

const ROWS = 5_000;
const REFUSED = ROWS / 100;

/** A file of firms in which every hundredth code is wrong. */
function firms() {
  const lines = ['企业名称,统一社会信用代码,所属区,行业代码,从业人员,联系人,联系电话'];
  for (let i = 1; i <= ROWS; i += 1) {
    const right = creditCode(i);
    const code = i % 100 === 0 ? right.slice(0, -1) + (right.endsWith('1') ? '2' : '1') : right;
    const phone = `199${String(10_000_000 + i)}`;
    lines.push(`例${i}号精密部件有限公司,${code},海沧区,C34,${i % 300},例联系,${phone}`);
  }
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

/** The audit log after a crash: whole, whatever happened. */
async function verified(data) {
  const { code, stdout, stderr } = await huiqi(['audit', 'verify', '--data', data]);
  assert.equal(code, 0, stdout + stderr);
}

test('kill -9 during an import: it ends by itself, and every row is whole', async () => {
  const data = await newFolder('crash');
  const made = await huiqi(['admin', 'create', '--login', 'guanli', '--name', '例管理', '--data', data], {
    input: `${PASSWORD}\n`,
  });
  assert.equal(made.code, 0, made.stderr);
  let app = await startEmpty({ data });
  const port = Number(new URL(app.url).port);

  // Somebody of the desk.
  const admin = await app.page();
  const signIn = async (page, login) => {
    await page.goto('/sign-in');
    await page.locator('#login').fill(login);
    await page.locator('#password').fill(PASSWORD);
    await Promise.all([
      page.waitForURL((url) => url.pathname !== '/sign-in'),
      page.getByRole('main').getByRole('button', { name: '登录' }).click(),
    ]);
  };
  await signIn(admin, 'guanli');
  await admin.goto('/organisations/new');
  await admin.getByLabel('名称', { exact: true }).fill('例运营服务有限公司');
  await admin.getByRole('checkbox', { name: /^运营机构/ }).check();
  await admin.getByRole('button', { name: '新建组织' }).click();
  await admin.waitForURL(/\/organisations\/ZZ-/);
  await admin.goto(`/people/new?organisation=${new URL(admin.url()).pathname.split('/').pop()}`);
  await admin.getByLabel('姓名', { exact: true }).fill('例坐席');
  await admin.locator('select#role').selectOption('operator-agent');
  await admin.getByLabel('账号').fill('zuoxi');
  await admin.getByRole('button', { name: '登记人员' }).click();
  const code = (await admin.locator('[data-secret]').innerText()).trim();
  const agent = await app.page();
  await agent.goto('/reset/code');
  await agent.getByLabel('账号').fill('zuoxi');
  await agent.getByLabel('验证码').fill(code);
  await agent.getByLabel('新密码', { exact: true }).fill(PASSWORD);
  await agent.getByLabel('再输一遍新密码').fill(PASSWORD);
  await agent.getByRole('button', { name: '保存新密码' }).click();
  await agent.waitForURL('**/sign-in');
  await signIn(agent, 'zuoxi');

  /** The text of the page of the import. */
  const state = async (address) => (await agent.request.get(address)).text();
  /** Looks at the page many times a second until it says something. */
  const until = async (address, wanted, within) => {
    const limit = Date.now() + within;
    for (;;) {
      const text = await state(address);
      if (wanted.test(text)) return text;
      await pause(30);
      assert.ok(Date.now() < limit, `${wanted} within ${within} ms:\n${text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')}`);
    }
  };
  const again = async () => {
    app = await startEmpty({ data, port });
  };

  await agent.goto('/imports/new');
  await agent.locator('input[name="kind"][value="enterprises"]').check();
  await agent.getByLabel('文件', { exact: true }).setInputFiles({ name: '企业.csv', mimeType: 'text/csv', buffer: firms() });
  await agent.getByRole('button', { name: '读这个文件' }).click();
  await agent.waitForURL(/\/imports\/DR-/);
  const address = new URL(agent.url()).pathname;
  await agent.goto('about:blank');

  // While it reads: some rows are staged, and the power goes.
  await until(address, /已读 [1-9][\d,]* 行|导入会怎样/, 60_000);
  await app.kill();
  await again();
  const read = await until(address, /导入会怎样/, 180_000);
  assert.match(read, /读到 5,000 行/);

  // While it writes: some batches are in the register, others not.
  const go = await agent.request.post(`${address}/apply`, { headers: { origin: app.url } });
  assert.equal(go.status(), 200);
  const writing = await until(address, /已写入 [1-9][\d,]* 行|导入结果/, 60_000);
  assert.match(writing, /已写入/, 'the power goes in the middle');
  await app.kill();
  await verified(data);
  await again();
  const before = Number(/已写入 ([\d,]+) 行/.exec(await state(address))?.[1].replace(',', ''));
  assert.ok(before > 0 && before < ROWS, `${before} rows are in, whole batches of them`);
  assert.equal(before % 500, 0, `${before} rows`);
  const done = await until(address, /导入结果/, 180_000);

  // Every row is counted once.
  const figure = (name) => Number(new RegExp(`<dt>${name}</dt><dd><div class="figure">([\\d,]+)`).exec(done)[1].replace(',', ''));
  const [fresh, changed, same, refused] = ['新增', '有改动', '没变化', '被拒绝的行'].map(figure);
  assert.equal(fresh + changed + same + refused, ROWS);
  assert.deepEqual([fresh, changed, same, refused], [ROWS - REFUSED, 0, 0, REFUSED]);

  // And stands in the register once, whole.
  await app.stop();
  const file = path.join(data, 'out.csv');
  const exported = await huiqi(['export', 'enterprises', file, '--data', data], { env: { LC_ALL: 'C' } });
  assert.equal(exported.code, 0, exported.stderr);
  const [heads, ...rows] = (await readFile(file, 'utf8')).replace('\ufeff', '').trim().split(/\r?\n/);
  assert.equal(rows.length, ROWS - REFUSED);
  const at = (name) => heads.split(',').indexOf(name);
  const codes = new Set();
  for (const row of rows) {
    const cells = row.split(',');
    codes.add(cells[at('credit_code')]);
    const number = Number(/例(\d+)号/.exec(cells[at('name')])[1]);
    assert.equal(cells[at('credit_code')], creditCode(number), row);
    assert.equal(cells[at('staff')], String(number % 300), row);
    assert.equal(cells[at('phone')], `199${String(10_000_000 + number)}`, row);
  }
  assert.equal(codes.size, ROWS - REFUSED);
  await verified(data);
});

test('kill -9 during steps and jobs: nothing is half done', async () => {
  // A city made for an earlier day has deadlines that are over and silences to end: the jobs have work
  // from the first second.
  const day = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  let app = await startDemo({ asOf: day });
  const data = app.data;
  const restart = async () => {
    await app.kill();
    await verified(data);
    app = await startDemo({ asOf: day, data });
  };
  /** Cases by state, as the list of all says. */
  const count = async (page, query) => {
    await page.goto(`/cases?${query}`);
    return Number(/([\d,]+) 件/.exec(await page.getByRole('main').locator('header').innerText())[1].replace(',', ''));
  };

  // The first cuts: in the first second every job is due, so whatever runs is cut off at one point or another. Nobody
  // looks at the site meanwhile: looking would give the jobs time to end.
  for (const after of [120, 400, 1_000]) {
    await pause(after);
    await restart();
  }
  // Then they may end in peace.
  const limit = Date.now() + 60_000;
  let page = await as(app, 'operator-manager');
  while ((await count(page, 'state=lapsed')) === 0) {
    assert.ok(Date.now() < limit, 'silences are ended');
    await pause(500);
  }
  const before = await count(page, 'flow=request');

  // What the jobs ended stands ended once, with its step.
  await count(page, 'state=lapsed');
  const lapsed = await page
    .getByRole('main')
    .getByRole('row')
    .getByRole('link')
    .evaluateAll((all) => all.slice(0, 8).map((one) => one.getAttribute('href')));
  for (const href of lapsed) {
    await page.goto(href);
    const steps = page.getByRole('region', { name: '经过' });
    await steps.waitFor();
    assert.equal((await steps.innerText()).match(/到期没有回应/g)?.length, 1, href);
  }

  // The second: at once after a start.
  await restart();

  // The third: in the middle of steps of several people.
  const firm = await as(app, 'enterprise-member');
  const asking = [];
  for (let i = 0; i < 5; i += 1) {
    asking.push(
      firm.request
        .post('/ask', {
          headers: { origin: app.url },
          multipart: {
            step: '2',
            kind: 'need',
            words: `断电时提交的第 ${i} 件。`,
            title: `断电试验 ${i}`,
            contact: '例联系',
            phone: '13900001234',
            reach: 'site',
            consent: 'yes',
          },
          maxRedirects: 0,
        })
        .then(
          (answer) => (answer.status() === 303 ? answer.headers().location.split('/').pop() : undefined),
          () => undefined,
        ),
    );
  }
  await Promise.race(asking);
  await restart();
  const numbers = (await Promise.all(asking)).filter(Boolean);

  // Whoever was told a number finds the whole request under it, with its limit running.
  page = await as(app, 'operator-manager');
  for (const number of numbers) {
    const answer = await page.goto(`/requests/${number}`);
    assert.equal(answer.status(), 200, number);
    const text = await page.getByRole('main').innerText();
    assert.match(text, /待受理/);
    assert.match(text, /断电时提交的第 \d 件/);
    assert.match(text, /经过\s*1 步/);
  }
  // No request without its first step: as many more as arrived, told or not.
  const after = await count(page, 'flow=request');
  assert.ok(after >= before + numbers.length && after <= before + 5, `${before} then ${after}, told of ${numbers}`);

  // No job has failed.
  const keeping = await as(app, 'system-admin');
  await keeping.goto('/settings/jobs');
  const failures = await keeping
    .getByRole('main')
    .getByRole('row')
    .filter({ hasNot: keeping.getByRole('columnheader') })
    .evaluateAll((rows) => rows.map((row) => row.querySelector('[data-label="出错"]')?.textContent.trim()));
  assert.ok(failures.length >= 6 && failures.every((words) => words === '没有'), `${failures}`);
  const another = await as(app, 'enterprise-member');
  await ask(another, { words: '断电以后照常提交。', title: '断电以后' });
  await app.stop();
  await verified(data);
});
