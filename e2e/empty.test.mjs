// From nothing: an empty folder, one command, and then only pages – until a whole request has gone its
// way, the network has improved, and the figures and the audit log say exactly that.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { huiqi, looking, newFolder, startEmpty } from './support.mjs';
import { accept, act, ask, dispatch, expectSaid, mayDo, serve } from './steps.mjs';

const FIXTURES = path.join(path.dirname(new URL(import.meta.url).pathname), 'fixtures');
const PASSWORD = '翠竹 码头 风筝 算盘';

/** Where the same journey is made: each database of the program. The second is named by `cargo xtask test`. */
const PLACES = [
  ['SQLite', {}],
  ...(process.env.E2E_POSTGRES ? [['PostgreSQL', { DATABASE_URL: process.env.E2E_POSTGRES }]] : []),
];

for (const [database, env] of PLACES) {
  test(`from an empty database (${database}) to an improvement that was checked`, () => fromNothing(env));
}

async function fromNothing(env) {
  const look = looking();
  const data = await newFolder('empty');
  let app;
  /** Numbers of organisations and windows by what we call them. */
  const numbers = {};

  /** One part of the journey; what follows needs it. */
  const step = async (name, body) => {
    try {
      await body();
    } catch (error) {
      error.message = `${name}: ${error.message}`;
      throw error;
    }
  };

  /** Signs in with account and password, in a browser of its own. */
  const signIn = async (login, password = PASSWORD) => {
    const page = await app.page();
    await page.goto('/sign-in');
    assert.equal(await page.locator('button[name="as"]').count(), 0, 'no faces outside the demo');
    await page.locator('#login').fill(login);
    await page.locator('#password').fill(password);
    await Promise.all([
      page.waitForURL((url) => url.pathname !== '/sign-in'),
      page.getByRole('main').getByRole('button', { name: '登录' }).click(),
    ]);
    return page;
  };

  let admin;
  await step('the first administrator comes from the command line', async () => {
    const made = await huiqi(['admin', 'create', '--login', 'guanli', '--name', '例管理', '--data', data], {
      input: `${PASSWORD}\n`,
      env,
    });
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /^RY-\d+\n$/);
    // Once is enough; a password on the command line is refused.
    const again = await huiqi(['admin', 'create', '--login', 'guanli2', '--name', '例管理', '--data', data], {
      input: `${PASSWORD}\n`,
      env,
    });
    assert.equal(again.code, 1);
    const bare = await huiqi(['admin', 'create', '--login', 'x', '--name', 'y', '--password', 'z', '--data', data], {
      env,
    });
    assert.notEqual(bare.code, 0);
    app = await startEmpty({ data, env });
    // The portal of an empty city stands.
    const page = await app.page({ width: 390 });
    for (const at of ['/', '/services', '/find/windows', '/rule', '/follow']) {
      await page.goto(at);
      await look(page, `empty${at.replaceAll('/', '-')}-390`);
    }
    admin = await signIn('guanli');
  });

  await step('organisations and people of every role', async () => {
    const organisation = async (key, name, capacity, english) => {
      await admin.goto('/organisations/new');
      await admin.getByLabel('名称', { exact: true }).fill(name);
      await admin.getByLabel('英文名称').fill(english);
      await admin.getByRole('checkbox', { name: capacity }).check();
      await admin.getByRole('button', { name: '新建组织' }).click();
      await admin.waitForURL(/\/organisations\/ZZ-/);
      numbers[key] = new URL(admin.url()).pathname.split('/').pop();
    };
    await organisation('bureau', '例市工业和信息化局', /^市工信局/, 'Bureau of Industry and IT');
    await look(admin, 'empty-organisation-1280');
    await organisation('centre', '例市中小企业服务中心', /^服务中心/, 'SME Service Centre');
    await organisation('operator', '例运营服务有限公司', /^运营机构/, 'Operation Services');
    await organisation('window', '例区窗口服务中心', /^窗口运营/, 'District Window Services');
    await organisation('department', '例市场监督管理局', /其他部门/, 'Market Regulation');
    await organisation('experts', '例专家库', /^专家/, 'Expert pool');
    await admin.goto('/organisations');
    await look(admin, 'empty-organisations-1280');
  });

  /** Registers somebody at an organisation and, where wanted, sets the first password. */
  const person = async (organisation, role, name, login, { window, password = true } = {}) => {
    await admin.goto(`/people/new?organisation=${organisation}`);
    await admin.getByLabel('姓名', { exact: true }).fill(name);
    await admin.locator('select#role').selectOption(role);
    if (window) await admin.getByLabel('窗口').selectOption(window);
    await admin.getByLabel('账号').fill(login);
    await admin.getByRole('button', { name: '登记人员' }).click();
    const code = (await admin.locator('[data-secret]').innerText()).trim();
    if (!password) return;
    const page = await app.page();
    await page.goto('/reset/code');
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('验证码').fill(code);
    await page.getByLabel('新密码', { exact: true }).fill(PASSWORD);
    await page.getByLabel('再输一遍新密码').fill(PASSWORD);
    await page.getByRole('button', { name: '保存新密码' }).click();
    await expectSaid(page, '密码已设好');
    await page.context().close();
  };

  await step('accounts', async () => {
    for (const [organisation, role, name, login, password] of [
      ['bureau', 'bureau-officer', '例局办', 'ju-jingban', false],
      ['bureau', 'bureau-approver', '例局审', 'ju-shenpi', false],
      ['centre', 'centre-officer', '例中办', 'zhongxin-jingban', true],
      ['centre', 'centre-approver', '例中审', 'zhongxin-shenpi', true],
      ['centre', 'centre-agent', '例大厅', 'dating', false],
      ['operator', 'operator-agent', '例坐席', 'zuoxi', true],
      ['operator', 'operator-dispatcher', '例派单', 'paidan', true],
      ['operator', 'operator-editor', '例编辑', 'bianji', false],
      ['operator', 'operator-reviewer', '例审核', 'shenhe', false],
      ['operator', 'operator-manager', '例负责', 'fuze', true],
      ['department', 'department-officer', '例部门', 'bumen', false],
      ['experts', 'expert', '例专家', 'zhuanjia', false],
    ]) {
      await person(numbers[organisation], role, name, login, { password });
    }
    await look(admin, 'empty-person-secret-1280');
    await admin.goto('/people');
    await look(admin, 'empty-people-1280');
    assert.ok((await admin.getByRole('main').getByRole('row').count()) >= 13);
  });

  await step('a window with its territory, and its people', async () => {
    const officer = await signIn('zhongxin-jingban');
    await officer.goto('/windows/new');
    await officer.getByLabel('运营管理单位').fill(numbers.window);
    await officer.getByLabel('名称', { exact: true }).fill('例海沧区中小企业服务窗口');
    await officer.getByRole('radio', { name: '综合窗口' }).check();
    await look(officer, 'empty-window-new-1280');
    // A comprehensive window without a district is told so.
    await officer.getByRole('button', { name: '登记这个窗口平台' }).click();
    await officer.getByRole('alert').waitFor();
    assert.match(await officer.getByRole('alert').innerText(), /综合窗口要选所属区/);
    await officer.locator('select#district').selectOption({ label: '海沧区' });
    await officer.getByRole('button', { name: '登记这个窗口平台' }).click();
    await officer.waitForURL(/\/windows\/CK-/);
    numbers.place = new URL(officer.url()).pathname.split('/').pop();
    await look(officer, 'empty-window-1280');
    await person(numbers.window, 'window-agent', '例窗员', 'chuangkou', { window: numbers.place });
    await person(numbers.window, 'window-manager', '例窗长', 'chuangzhang', { window: numbers.place, password: false });
  });

  await step('registers from files of another tool', async () => {
    const agent = await signIn('zuoxi');
    const bring = async (kind, file) => {
      await agent.goto('/imports/new');
      await agent.locator(`input[name="kind"][value="${kind}"]`).check();
      await agent.getByLabel('文件', { exact: true }).setInputFiles(path.join(FIXTURES, file));
      await agent.getByRole('button', { name: '读这个文件' }).click();
      await agent.waitForURL(/\/imports\/DR-/);
      // The page renews itself until the file has been read.
      await agent.getByRole('heading', { name: /导入会怎样|导入结果/ }).waitFor({ timeout: 60_000 });
    };
    /** The figures of the page of an import, in the order read, new, changed, same, refused. */
    const figures = async () => {
      const region = agent.getByRole('region', { name: /导入会怎样|导入结果/ });
      const found = [Number(/读到 ([\d,]+) 行/.exec(await region.innerText())[1])];
      for (const name of ['新增', '有改动', '没变化', '被拒绝的行']) {
        const term = region.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) });
        const words = await term.locator('xpath=following-sibling::dd[1]').innerText();
        found.push(Number(words.replace(/\D/g, '')));
      }
      return found;
    };
    const apply = async () => {
      await agent.getByRole('button', { name: '写进名录' }).click();
      await agent.getByRole('heading', { name: '导入结果' }).waitFor({ timeout: 60_000 });
    };

    await bring('enterprises', 'enterprises.xlsx');
    assert.deepEqual(await figures(), [13, 5, 0, 0, 8]);
    await look(agent, 'empty-import-forecast-1280');
    // Each refused row says why.
    const refused = await agent.getByRole('region', { name: '被拒绝的行' }).innerText();
    for (const [line, reason] of [
      [10, /最后一位应为 9，现在是 0/],
      [11, /应为 18 位，现在是 10 位/],
      [12, /存成了数字/],
      [13, /企业名称.*没有填/],
      [14, /第 4 行已经出现过/],
      [15, /从业人员.*不是数字/],
      [16, /是公式/],
      [17, /不是本市的区.*不是日期/],
    ]) {
      const row = refused.split('\n').find((one) => new RegExp(`^${line}\\b`).test(one.trim()));
      assert.match(`${row}`, reason, `line ${line}`);
    }
    await apply();
    assert.deepEqual(await figures(), [13, 5, 0, 0, 8]);
    const [download] = await Promise.all([
      agent.waitForEvent('download'),
      agent.getByRole('link', { name: '下载被拒绝的行' }).click(),
    ]);
    assert.equal((await readFile(await download.path())).subarray(0, 2).toString('latin1'), 'PK');
    // The same file again changes nothing.
    await bring('enterprises', 'enterprises.xlsx');
    assert.deepEqual(await figures(), [13, 0, 0, 5, 8]);
    assert.match(await agent.getByRole('main').innerText(), /这个文件不会改变名录/);

    await bring('providers', 'providers.xlsx');
    assert.deepEqual(await figures(), [3, 2, 0, 0, 1]);
    await apply();
    // What was messy in the file is clean in the register.
    await agent.goto('/enterprises?q=海例阀门');
    await agent.getByRole('link', { name: '海例阀门（厦门）有限公司' }).click();
    await agent.waitForURL(/\/enterprises\/(?!export)/);
    const record = await agent.getByRole('main').innerText();
    for (const words of [/91350203Y900000271/, /海沧区/, /1,573\.5/, /103/, /2016年5月18日/]) assert.match(record, words);
    await look(agent, 'empty-enterprise-1280');

    // The provider gets somebody to act for it.
    await admin.goto('/organisations?q=例测检测');
    await admin.getByRole('link', { name: '例测检测技术有限公司' }).click();
    await admin.waitForURL(/\/organisations\/ZZ-/);
    numbers.provider = new URL(admin.url()).pathname.split('/').pop();
    await person(numbers.provider, 'provider-agent', '例机构', 'jigou');
  });

  const firm = await app.page();
  await step('a firm registers itself and is checked', async () => {
    await firm.goto('/register');
    await firm.getByLabel('贵企业的统一社会信用代码是什么？').fill('91350203Y900000270');
    await firm.getByRole('button', { name: '继续' }).click();
    await firm.getByRole('alert').waitFor();
    await look(firm, 'register-1-error-1280');
    await firm.getByLabel('贵企业的统一社会信用代码是什么？').fill('91350203y900000271');
    await firm.getByRole('button', { name: '继续' }).click();
    await firm.getByRole('heading', { name: '是这家企业吗？' }).waitFor();
    assert.match(await firm.getByRole('main').innerText(), /海例阀门（厦门）有限公司/);
    // What the register knows besides is not shown to a stranger.
    assert.doesNotMatch(await firm.getByRole('main').innerText(), /黄例沧|19900001002|1,573/);
    await look(firm, 'register-2-1280');
    await firm.getByRole('button', { name: '继续' }).click();
    await firm.getByLabel('姓名').fill('黄例沧');
    await firm.getByLabel('手机号').fill('19900001002');
    await firm.getByRole('button', { name: '继续' }).click();
    await firm.locator('#login').fill('hailifamen');
    await firm.locator('#password').fill(PASSWORD);
    await firm.locator('#password_again').fill(PASSWORD);
    await firm.getByLabel('我看过上面的说明，同意这样使用我的信息').check();
    await look(firm, 'register-4-1280');
    await firm.getByRole('button', { name: '开通账号' }).click();
    await firm.waitForURL('**/my/enterprise');
    await expectSaid(firm, '账号开好了');
    await look(firm, 'my-enterprise-unchecked-1280');
  });

  const agent = await signIn('zuoxi');
  const dispatcher = await signIn('paidan');
  const window_ = await signIn('chuangkou');
  const provider = await signIn('jigou');
  let number;
  await step('it asks at once, and the desk checks and accepts', async () => {
    number = await ask(firm, {
      words: '阀门出口要做密封性检测，样品两只，希望本周排上。',
      title: '阀门密封性检测想排期',
    });
    await agent.goto(`/requests/${number}`);
    assert.match(await agent.getByRole('main').innerText(), /还没有核实/, 'marked as not checked yet');
    await agent.goto('/verifications');
    await look(agent, 'verifications-1280');
    await agent.getByRole('link', { name: '海例阀门（厦门）有限公司' }).click();
    await agent.waitForURL(/\/verifications\/./);
    assert.match(await agent.getByRole('main').innerText(), /手机号和名录里的联系电话一致/);
    await look(agent, 'verification-1280');
    await agent.getByRole('button', { name: '核实通过' }).click();
    await expectSaid(agent, '可以代表');
    await accept(agent, number, '技术创新和质量服务');
  });

  await step('dispatched to two: one takes it, one declines', async () => {
    await dispatch(dispatcher, number, ['例海沧区中小企业服务窗口', '例测检测技术有限公司']);
    await provider.goto(`/requests/${number}`);
    await act(provider, '退单', { words: '设备检修到下周' });
    await provider.getByRole('main').getByRole('status').first().waitFor();
    await serve(window_, number, { contact: '电话联系上，约周三送样。', answer: '已排周四上午检测，带样品两只和图纸。' });
  });

  await step('done again, confirmed, graded 2', async () => {
    await firm.goto(`/requests/${number}`);
    await act(firm, '申请重办', { words: '周四去了没有人接样。', submit: '退回重办' });
    await expectSaid(firm, '重新办');
    await dispatch(dispatcher, number, ['例海沧区中小企业服务窗口']);
    await serve(window_, number, { contact: '当面道歉，当天接样。', answer: '检测做完，报告已交企业。' });
    await firm.goto(`/requests/${number}`);
    await act(firm, '确认办结');
    await expectSaid(firm, '已确认办结');
    await firm.getByRole('region', { name: '办得怎么样' }).getByLabel('想说的话').fill('跑了两趟。');
    await firm.getByRole('region', { name: '办得怎么样' }).getByRole('button', { name: '不满意', exact: true }).click();
    await expectSaid(firm, '评价收到了');
  });

  await step('improved by the window, checked by another organisation', async () => {
    await window_.goto('/improvements');
    await window_.getByRole('main').getByRole('link', { name: '阀门密封性检测想排期' }).click();
    await window_.waitForURL(/\/improvements\/GJ-/);
    const improvement = new URL(window_.url()).pathname;
    await act(window_, '记下企业的话和原因', { pick: { 原因: { label: '找不到人' } }, words: '企业说周四没有人接样。' });
    await expectSaid(window_, '记下企业的话');
    await act(window_, '已经改好', { words: '接样改为两人轮值，约好的时间前一天再确认。' });
    await expectSaid(window_, '已经改好');
    assert.equal(await mayDo(window_).getByText('核实通过', { exact: true }).count(), 0, 'nobody checks himself');
    await dispatcher.goto(improvement);
    await act(dispatcher, '核实通过', { words: '电话问过企业，昨天再送样有人接。' });
    await expectSaid(dispatcher, '核实通过');
  });

  await step('the figures say exactly this', async () => {
    const approver = await signIn('zhongxin-shenpi');
    await approver.goto('/overview');
    await look(approver, 'empty-overview-1280');
    const main = approver.getByRole('main');
    const tile = async (name) => {
      const term = main.getByRole('term').filter({ has: approver.getByRole('link', { name, exact: true }) });
      return (await term.locator('xpath=following-sibling::dd[1]').innerText()).split('\n').map((line) => line.trim());
    };
    assert.match((await tile('收到诉求'))[0], /^1\s*件$/);
    assert.match((await tile('确认办结')).join(' '), /^1\s*件 企业 1，回访 0，当场 0/);
    assert.match((await tile('满意率')).join(' '), /^0(\.0)?\s*% 满意 0 份，共 1 份/);
    const [download] = await Promise.all([
      approver.waitForEvent('download'),
      approver.getByRole('link', { name: '导出 CSV' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
    const cells = (start) => lines.find((line) => line.startsWith(start))?.split(',');
    const value = (name) => cells(`${name},`)?.[1];
    assert.equal(value('收到诉求'), '1');
    assert.equal(value('确认办结'), '1');
    assert.equal(value('满意率'), '0.0');
    assert.equal(value('满意度'), '2.00');
    assert.equal(value('立项的改进'), '1');
    assert.equal(value('核实办完的改进'), '1');
    assert.equal(value('没办完的改进'), '0');
    assert.equal(value('企业确认'), '1');
    assert.equal(value('找不到人'), '1');
    // Given, taken, declined, not achieved, reported.
    assert.deepEqual(cells(`${numbers.place},`)?.slice(2, 7), ['2', '2', '0', '0', '2']);
    const declined = lines.find((line) => line.includes(',例测检测技术有限公司,'))?.split(',');
    assert.deepEqual(declined?.slice(2, 7), ['1', '0', '1', '0', '0']);
    // And the lists behind them hold exactly these.
    for (const link of await main.locator('a[href^="/overview/records"]').evaluateAll((all) =>
      all.map((one) => [one.getAttribute('href'), one.textContent.trim()]),
    )) {
      if (!/^\d+$/.test(link[1])) continue;
      const text = await (await approver.request.get(link[0])).text();
      assert.match(text, new RegExp(`${link[1]} 条`), link[0]);
    }
  });

  await step('the audit log is whole', async () => {
    await app.stop();
    const { code, stdout, stderr } = await huiqi(['audit', 'verify', '--data', data], { env });
    assert.equal(code, 0, stdout + stderr);
  });
  look.done();
}
