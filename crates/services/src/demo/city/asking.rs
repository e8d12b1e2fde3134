//! How requests come in: what is asked, by whom, through which channel.

use std::io::Cursor;

use huiqi_web::forms::Upload;
use image::{ImageFormat, Rgb, RgbImage};

use super::*;

/// How firms put the same matter, by its kind; `{}` is where the title goes.
const FORMS: [&[&str]; 7] = [
    &["请问{}", "{}，想问清楚", "{}，盼答复", "咨询：{}", "{}，请书面答复", "请教：{}"],
    &["{}，盼答复", "咨询：{}", "{}，请书面答复", "请教：{}", "{}，先了解一下"],
    &["{}，请帮忙打听", "求助：{}", "{}，比较急", "{}，盼答复"],
    &["{}，请帮忙对接", "{}，比较急", "{}，想听听建议", "{}，希望本月解决", "求助：{}", "{}，盼回复"],
    &["{}，请核实", "{}，请尽快处理", "反映：{}", "{}，希望有个说法", "投诉：{}"],
    &["建议：{}", "{}，供参考", "{}，同行也这么说", "{}，盼采纳"],
    &["{}，供参考", "{}，同行也这么说", "{}，盼采纳", "{}，几家一起提"],
];

/// A title as no firm put it: without what [`FORMS`] add.
pub(in crate::demo) fn plainly(title: &str) -> &str {
    FORMS
        .iter()
        .flat_map(|forms| forms.iter())
        .find_map(|form| {
            let (before, after) = form.split_once("{}")?;
            title.strip_prefix(before)?.strip_suffix(after)
        })
        .unwrap_or(title)
}

/// One in so many requests of the portal comes with files.
const FILES_EVERY: usize = 11;

/// A page of words and a picture, as firms add them.
fn proof(words: &str) -> Vec<Upload> {
    let upload = |name: &str, content: Vec<u8>| Upload {
        field: "file".to_owned(),
        name: name.to_owned(),
        content: content.into(),
    };
    let mut out = vec![upload("情况说明（示例）.txt", words.as_bytes().to_vec())];
    // A sheet with lines, for a photo of a paper.
    let sheet = RgbImage::from_fn(240, 320, |x, y| match (x, y) {
        (24..216, 40..280) if y % 24 < 3 && (x * 7 + y * 13) % 240 < 200 => Rgb([90, 90, 90]),
        (12..228, 12..308) => Rgb([250, 249, 245]),
        _ => Rgb([176, 170, 160]),
    });
    let mut content = Cursor::new(Vec::new());
    if sheet.write_to(&mut content, ImageFormat::Png).is_ok() {
        out.push(upload("现场照片（示例）.png", content.into_inner()));
    }
    out
}

impl<'a> City<'a> {
    pub(super) fn channel(&mut self) -> Channel {
        const SHARES: [(Channel, f64); 8] = [
            (Channel::Portal, 38.0),
            (Channel::Hotline, 37.5),
            (Channel::Hall, 8.8),
            (Channel::Window, 8.8),
            (Channel::CityHotline, 3.0),
            (Channel::Department, 1.5),
            (Channel::Visit, 1.4),
            (Channel::Letter, 1.0),
        ];
        if !pace::in_office(&self.calendar, self.ctx.now()) {
            return Channel::Portal;
        }
        SHARES[draw::place(&mut self.random, SHARES.iter().map(|s| s.1)).unwrap_or_default()].0
    }

    /// A situation that fits the season, the channel and the counter, and was not used for a while.
    pub(super) fn pick(&mut self, n: usize, channel: Channel, counter: Option<&Handler>) -> usize {
        let today = self.ctx.today();
        let hot = pace::deadline(today) > 1.0;
        let apart = self.content.situations.len() * 2 / 5;
        let mut per_kind: HashMap<&str, f64> = HashMap::new();
        for one in &self.content.situations {
            *per_kind.entry(one.kind.as_str()).or_default() += 1.0;
        }
        // Situations of one kind and category take turns.
        let mut turns: HashMap<(&str, &str), (f64, f64)> = HashMap::new();
        for (one, used) in self.content.situations.iter().zip(&self.used) {
            let group = turns.entry((one.kind.as_str(), one.category.as_str())).or_default();
            group.0 += 1.0;
            group.1 += used.times as f64;
        }
        let (situations, all_used) = (&self.content.situations, &self.used);
        let weigh = |i: usize, strict: bool| {
            let one = &situations[i];
            let used = all_used[i];
            if used.last > 0 && n + 1 - used.last < apart {
                return 0.0;
            }
            if one.months.as_ref().is_some_and(|months| !months.contains(&today.month())) {
                return 0.0;
            }
            let fits_counter = counter.is_none_or(|c| {
                one.kind != "complaint"
                    && c.categories.contains(&one.category)
                    && (!strict || c.trades.is_empty() || c.trades.contains(&one.trade))
            });
            if !fits_counter || (one.refuse.is_some() && counter.is_some()) {
                return 0.0;
            }
            let kind = match (one.kind.as_str(), channel) {
                ("consultation", Channel::Hotline | Channel::Hall) => 58.0,
                ("consultation", _) => 36.0,
                ("need", Channel::Portal | Channel::Visit) => 50.0,
                ("need", _) => 34.0,
                ("complaint", Channel::CityHotline | Channel::Letter) => 30.0,
                ("complaint", _) => 6.5,
                _ => 5.0,
            };
            let category = match one.category.as_str() {
                "01" if hot => 2.9,
                "01" => 1.55,
                "02" => 1.2,
                "04" if today.month() == 2 || today.month() == 3 => 1.5,
                _ => 1.0,
            };
            let odd = if one.refuse.is_some() { 0.65 } else { 1.0 };
            let (members, times) = turns[&(one.kind.as_str(), one.category.as_str())];
            let ahead = used.times as f64 / odd - times / members;
            odd * kind / per_kind[one.kind.as_str()] * category * (-1.1 * ahead).exp()
        };
        let weights = [true, false].map(|strict| (0..situations.len()).map(|i| weigh(i, strict)).collect::<Vec<f64>>());
        for weights in weights {
            if let Some(i) = draw::place(&mut self.random, weights.iter().copied()) {
                return i;
            }
        }
        // Everything that fits was used lately: the one that rested longest.
        (0..self.used.len()).min_by_key(|i| self.used[*i].last).unwrap_or_default()
    }

    /// The title as this firm puts it: the same matter asked again reads a little differently.
    pub(super) fn title(&self, i: usize) -> String {
        let one = &self.content.situations[i];
        let title = &one.title;
        let plain = !title.starts_with('想') && !title.starts_with('请') && !title.contains("建议");
        let forms = FORMS[match one.kind.as_str() {
            "consultation" if plain => 0,
            "consultation" => 1,
            "need" if title.starts_with("想知道") => 2,
            "need" => 3,
            "complaint" => 4,
            _ if plain => 5,
            _ => 6,
        }];
        match self.used[i].times % (forms.len() + 1) {
            0 => title.clone(),
            n => forms[n - 1].replace("{}", title),
        }
    }

    /// A firm of the situation's trade, of a fitting size, near the counter where there is one.
    pub(super) fn firm(&mut self, situation: &Situation, with_account: bool, district: Option<&str>) -> usize {
        let (players, firms) = (self.players, self.firms);
        let trade: &[usize] = firms.by_trade.get(&situation.trade).map_or(&[], Vec::as_slice);
        let size = |i: &usize| situation.staff.is_none_or(|[low, high]| (low..=high).contains(&firms.all[*i].staff));
        let near = |i: &usize| district.is_none_or(|d| firms.all[*i].district == d);
        let account = |i: &usize| !with_account || players.account_of.contains_key(i);
        let all: Vec<usize> = trade.iter().copied().filter(|i| size(i) && near(i) && account(i)).collect();
        let fit = if all.is_empty() { trade.iter().copied().filter(|i| size(i)).collect() } else { all };
        if fit.is_empty() {
            return if trade.is_empty() { 0 } else { *draw::one(&mut self.random, trade) };
        }
        *draw::one(&mut self.random, &fit)
    }

    pub(super) async fn ask(&mut self, n: usize) -> Result<(), Fault> {
        // Eight reports a year, whatever the size of the city, the last of them in the last days.
        let every = (self.wanted / 8).max(5);
        if n % every == every - 4 && self.reports < self.content.words.report.len() {
            return self.report_wrongdoing().await;
        }
        let channel = self.channel();
        let players = self.players;
        let counter = if channel == Channel::Window {
            let weights: Vec<f64> =
                players.handlers.iter().map(|h| if h.key.1.is_some() && !h.dead { h.load } else { 0.0 }).collect();
            draw::place(&mut self.random, weights.iter().copied()).map(|i| &players.handlers[i])
        } else {
            None
        };
        let s = self.pick(n, channel, counter);
        let situation = &self.content.situations[s];
        let title = self.title(s);
        self.used[s] = Used { times: self.used[s].times + 1, last: n + 1 };
        let with_account = channel == Channel::Portal && self.chance(0.55);
        let firm = self.firm(situation, with_account, counter.map(|c| c.district.as_str()));
        let known = &self.firms.all[firm];
        let account = players.account_of.get(&firm).map(|a| &players.accounts[*a]);
        let member = match account {
            Some(account) if channel == Channel::Portal || self.chance(0.6) => {
                Some(draw::one(&mut self.random, &account.people).clone())
            }
            _ => None,
        };
        // What is refused because nobody can be made out comes from nobody.
        let nameless = situation.refuse.as_deref() == Some("no-identifiable-asker");
        let member = member.filter(|_| !nameless);
        let kind = kind_of(&situation.kind).unwrap_or(RequestKind::Need);
        let class = class_of(&situation.class).unwrap_or(Class::Ordinary);
        let viewer = match channel {
            Channel::Portal => member.clone().unwrap_or(Viewer::Public),
            Channel::Hotline => self.someone(&players.hotline).clone(),
            Channel::Hall => self.someone(&players.hall).clone(),
            Channel::Window => match counter {
                Some(counter) => draw::one(&mut self.random, &counter.agents).clone(),
                None => self.someone(&players.desk).clone(),
            },
            Channel::CityHotline | Channel::Department | Channel::Visit | Channel::Letter => {
                self.someone(&players.desk).clone()
            }
        };
        // Without an account the firm is what the asker types; the desk mostly finds it in the register.
        let registered = match channel {
            Channel::Portal => member.is_some(),
            _ => self.chance(0.88) || member.is_some(),
        } && !nameless;
        let about = self.about(situation, known.district.as_str());
        let contact = if registered || self.chance(0.7) {
            known.contact.clone()
        } else {
            firms::person(&self.content.names, &mut self.random)
        };
        let contact = if nameless { "未留姓名".to_owned() } else { contact };
        let reach = ["call", "call", "call", "text", "site"][self.random.random_range(0..5)];
        let ask = Ask {
            channel,
            kind,
            // The asker often leaves the category open; the desk sets it at acceptance.
            category: if channel == Channel::Portal && self.chance(0.3) {
                None
            } else {
                Category::by_code(&situation.category)
            },
            title,
            words: situation.text.clone(),
            firm: registered.then_some(known.id),
            firm_text: (!registered && !nameless).then(|| known.name.clone()),
            district: Some(known.district.clone()),
            contact,
            phone: known.phone.clone(),
            reach: reach.to_owned(),
            outside: self.outside(channel),
            about,
            files: if channel == Channel::Portal && n % FILES_EVERY == 3 { proof(&situation.text) } else { Vec::new() },
        };
        let desk = match about {
            Some((org, None)) if org == players.operator => Desk::Centre,
            Some((org, None)) if org == players.centre => Desk::Bureau,
            _ => Desk::Operator,
        };
        let mut request = Request {
            number: String::new(),
            case: 0,
            situation: Some(s),
            kind,
            class,
            answer: situation.answer.clone(),
            member: member.filter(|_| registered),
            desk,
            agent: None,
            tried: Vec::new(),
            answered: None,
            returned: false,
            asked: 0,
            extended: false,
            choosing: false,
            rated: false,
            satisfied: true,
            rounds: 0,
        };
        let spot = kind == RequestKind::Consultation
            && class == Class::Consultation
            && situation.refuse.is_none()
            && matches!(channel, Channel::Hotline | Channel::Hall)
            && self.chance(0.6);
        if spot {
            let receipt = requests::close_on_spot(self.ctx, &viewer, &ask, &situation.answer)
                .await
                .map_err(during("close-on-spot", &ask.title))?;
            (request.number, request.case) = (receipt.number, receipt.case);
            // What the knowledge base had on it was put into the answer.
            let known = crate::knowledge::queries::search(self.ctx, &ask.title, ask.category, 1).await?;
            let known: Vec<String> = known.into_iter().map(|k| k.number).collect();
            crate::knowledge::actions::used(self.ctx, &viewer, &known).await?;
            request.satisfied = self.chance(0.97);
            self.requests.push(request);
            let r = self.requests.len() - 1;
            if self.chance(0.22) {
                let hours = self.between(0.2, 50.0);
                let at = self.leisure(hours);
                self.plan(at, What::Rate(r));
            }
            return Ok(());
        }
        let own = counter.is_some();
        let receipt = requests::submit(self.ctx, &viewer, &ask, own).await.map_err(during("submit", &ask.title))?;
        (request.number, request.case) = (receipt.number, receipt.case);
        if let Some(counter) = counter {
            request.class = crate::requests::rules::usual_class(kind);
            request.agent = Some(viewer.clone());
            self.requests.push(request);
            return self.keep(self.requests.len() - 1, viewer, counter).await;
        }
        self.requests.push(request);
        let r = self.requests.len() - 1;
        self.wait_for_desk(r);
        if self.chance(0.024) {
            let hours = self.between(1.0, 90.0);
            let at = self.leisure(hours);
            self.plan(at, What::Withdraw(r));
        }
        if self.chance(0.04) {
            let hours = self.between(52.0, 190.0);
            let at = self.leisure(hours);
            self.plan(at, What::Urge(r));
        }
        Ok(())
    }

    /// What came to a window's own counter goes on there.
    pub(super) async fn keep(&mut self, r: usize, viewer: Viewer, counter: &'a Handler) -> Result<(), Fault> {
        let all = facts::assigned(self.ctx, self.requests[r].case).await?;
        let Some(mine) = all.into_iter().next() else {
            return Err(Fault::internal("demo: own counter without assignment"));
        };
        self.moves.insert(mine.case.number.clone(), viewer);
        self.start_work(r, mine.case.number, counter);
        Ok(())
    }

    pub(super) fn wait_for_desk(&mut self, r: usize) {
        let minutes = self.lying(6.0, 150.0, 0.035, 0.36);
        let at = self.office(minutes);
        self.plan(at, What::Desk(r));
    }

    /// Number and due day at another office.
    pub(super) fn outside(&mut self, channel: Channel) -> Option<(String, Option<String>)> {
        let today = self.ctx.today();
        let n = self.random.random_range(100..9_900);
        match channel {
            Channel::CityHotline => {
                let due = today + Days::new(self.random.random_range(5..16));
                Some((format!("12345-{}-{n:04}", today.format("%Y%m%d")), Some(due.to_string())))
            }
            Channel::Department => {
                let due = today + Days::new(self.random.random_range(7..22));
                let day = self.chance(0.7).then(|| due.to_string());
                Some((format!("转办〔{}〕{}号", today.year(), n % 300 + 1), day))
            }
            _ => None,
        }
    }

    /// Whom a complaint is about.
    pub(super) fn about(&mut self, situation: &Situation, district: &str) -> Option<(i64, Option<i64>)> {
        if situation.kind != "complaint" || situation.refuse.is_some() {
            return None;
        }
        let text = &situation.text;
        let players = self.players;
        if (text.contains("热线") || text.contains("平台上") || text.contains("页面")) && self.chance(0.5) {
            return Some((players.operator, None));
        }
        if text.contains("窗口") && self.chance(0.5) {
            let window = players.handlers.iter().find(|h| h.comprehensive && h.district == district)?;
            return Some(window.key);
        }
        if self.chance(0.04) {
            return Some((players.centre, None));
        }
        if (text.contains("机构") || text.contains("老师") || text.contains("测")) && self.chance(0.5) {
            let fit: Vec<&Handler> = players
                .handlers
                .iter()
                .filter(|h| h.key.1.is_none() && !h.department && h.categories.contains(&situation.category))
                .collect();
            if !fit.is_empty() {
                return Some(draw::one(&mut self.random, &fit).key);
            }
        }
        None
    }

    /// A report to the bureau: no firm, no category, the reporter masked.
    pub(super) async fn report_wrongdoing(&mut self) -> Result<(), Fault> {
        let one = &self.content.words.report[self.reports];
        self.reports += 1;
        let trade = draw::one(&mut self.random, &self.content.trades);
        let firm = self.firms.by_trade.get(&trade.id).and_then(|f| f.first()).map_or(0, |f| *f);
        let known = &self.firms.all[firm];
        let ask = Ask {
            channel: Channel::Portal,
            kind: RequestKind::Report,
            category: None,
            title: one.title.clone(),
            words: one.text.clone(),
            firm: None,
            firm_text: self.chance(0.5).then(|| known.name.clone()),
            district: Some(known.district.clone()),
            contact: firms::person(&self.content.names, &mut self.random),
            phone: firms::phone(9_950 + self.reports as u64),
            reach: "site".to_owned(),
            outside: None,
            about: None,
            files: Vec::new(),
        };
        let receipt =
            requests::submit(self.ctx, &Viewer::Public, &ask, false).await.map_err(during("report", &ask.title))?;
        self.requests.push(Request {
            number: receipt.number,
            case: receipt.case,
            situation: None,
            kind: RequestKind::Report,
            class: Class::Complex,
            answer: one.answer.clone(),
            member: None,
            desk: Desk::Bureau,
            agent: None,
            tried: Vec::new(),
            answered: None,
            returned: false,
            asked: 0,
            extended: false,
            choosing: false,
            rated: false,
            satisfied: true,
            rounds: 0,
        });
        self.wait_for_desk(self.requests.len() - 1);
        Ok(())
    }
}
