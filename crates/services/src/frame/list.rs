//! The frame of a list: head, filters, table, pager, and what is said where there is nothing.

use huiqi_web::address::address;
use huiqi_web::components::{self, Cell, Col, Pager, Table, section_head};
use huiqi_web::layout::Html;
use huiqi_web::{Answer, Visit};

use crate::t;

/// No column heads its rows.
const NO_HEAD: usize = usize::MAX;

type Fill<'a, T> = Box<dyn Fn(&T) -> Cell + Send + 'a>;

/// Cuts the rows to a page, and says how to go on.
type Cut<'a, T> = Box<dyn Fn(&mut Vec<T>) -> Pager + Send + 'a>;

/// A page that lists something. Whoever makes one gives its columns and its rows; what stands around them is here.
pub(crate) struct List<'a, T> {
    visit: &'a Visit,
    rows: Vec<T>,
    place: &'static str,
    title: String,
    lede: String,
    crumbs: Html,
    end: Html,
    above: Html,
    section: Html,
    columns: Vec<(Col, Fill<'a, T>)>,
    row_head: usize,
    empty: String,
    cut: Option<Cut<'a, T>>,
    below: Html,
}

impl<'a, T: 'a> List<'a, T> {
    /// These rows under a title, with a sentence beside it; `place` is where the list stands in the navigation.
    pub(crate) fn of(rows: Vec<T>, visit: &'a Visit, place: &'static str, title: String, lede: String) -> List<'a, T> {
        List {
            visit,
            rows,
            place,
            title,
            lede,
            crumbs: Html::empty(),
            end: Html::empty(),
            above: Html::empty(),
            section: Html::empty(),
            columns: Vec::new(),
            row_head: NO_HEAD,
            empty: String::new(),
            cut: None,
            below: Html::empty(),
        }
    }

    /// The lists above this one, each with address and name.
    pub(crate) fn crumbs(mut self, crumbs: &[(String, String)]) -> Self {
        self.crumbs = components::crumbs(crumbs, None, self.visit.locale());
        self
    }

    /// Buttons at the far end of the head, for those who may press them.
    pub(crate) fn end(mut self, may: bool, buttons: impl FnOnce() -> Html) -> Self {
        if may {
            self.end = buttons();
        }
        self
    }

    /// What stands between head and rows: filters, counts.
    pub(crate) fn above(mut self, html: &Html) -> Self {
        self.above = self.above.and(html);
        self
    }

    /// Puts the rows into a section of their own, where other sections stand beside it.
    pub(crate) fn section(mut self, id: &str, title: &str) -> Self {
        self.section = Html::raw(format!("<section class=\"section\" aria-labelledby=\"{id}\">")).and(&section_head(
            id,
            title,
            Html::empty(),
            Html::empty(),
        ));
        self
    }

    /// The first column of a list of cases: their numbers.
    pub(crate) fn numbers(self, number: impl Fn(&T) -> &str + Send + 'a) -> Self {
        let label = t(self.visit.locale()).request_number();
        self.column(Col::text(&label).bare(), move |row| components::reference(number(row)))
    }

    /// The column that says what each row is about, with the link to it.
    pub(crate) fn what(self, label: &str, what: impl Fn(&T) -> Html + Send + 'a) -> Self {
        self.column(Col::text(label).class("what").bare(), what)
    }

    /// A column: its head, and what stands in it for a row.
    pub(crate) fn column<C: Into<Cell>>(mut self, head: Col, fill: impl Fn(&T) -> C + Send + 'a) -> Self {
        self.columns.push((head, Box::new(move |row| fill(row).into())));
        self
    }

    /// Which column heads its rows, counted from zero.
    pub(crate) fn row_head(mut self, column: usize) -> Self {
        self.row_head = column;
        self
    }

    /// What is said where there are no rows.
    pub(crate) fn empty(mut self, words: String) -> Self {
        self.empty = words;
        self
    }

    /// The rows were read one longer than a page, in falling order of `id`; the next page starts `after` that of the
    /// last one. `path` with `query` is the address of the list with its filters.
    pub(crate) fn paged(
        mut self,
        page: usize,
        path: &'a str,
        query: &'a [(&'a str, &'a str)],
        after: &'a str,
        id: impl Fn(&T) -> i64 + Send + 'a,
    ) -> Self {
        self.cut = Some(Box::new(move |rows| {
            let link = |after: &str| {
                let query: Vec<_> = query.iter().copied().chain([("after", after)]).collect();
                address(path, &query)
            };
            let more = rows.len() > page;
            rows.truncate(page);
            Pager {
                prev: (!after.is_empty()).then(|| link("")),
                next: rows.last().filter(|_| more).map(|row| link(&id(row).to_string())),
                shown: rows.len() as u64,
                total: None,
            }
        }));
        self
    }

    /// The rows are a page already; this says how to go on.
    pub(crate) fn pager(mut self, pager: Pager) -> Self {
        self.cut = Some(Box::new(move |_| pager.clone()));
        self
    }

    /// What stands below the rows.
    pub(crate) fn below(mut self, html: &Html) -> Self {
        self.below = self.below.and(html);
        self
    }

    /// The page.
    pub(crate) fn show(self) -> impl Future<Output = Answer> {
        let (visit, place, title) = (self.visit, self.place, self.title.clone());
        let body = self.html();
        async move { visit.page(title, place).show(body).await }
    }

    fn html(self) -> Html {
        let mut rows = self.rows;
        let pager = self.cut.map(|cut| cut(&mut rows));
        let mut out = Html::raw("<div class=\"wrap\">")
            .and(&self.crumbs)
            .and(&components::page_head(&self.title, Html::text(&self.lede), self.end))
            .and(&self.above)
            .and(&self.section);
        if rows.is_empty() {
            out = out.and(&components::empty(self.empty));
        } else {
            let mut table = Table::new(&self.title).cards().row_head(self.row_head);
            let (heads, fills): (Vec<_>, Vec<_>) = self.columns.into_iter().unzip();
            table = heads.into_iter().fold(table, Table::col);
            for row in &rows {
                table.push("", fills.iter().map(|fill| fill(row)));
            }
            out = out.and(&table.html());
            if let Some(pager) = pager {
                out = out.and(&pager.html(self.visit.locale()));
            }
        }
        if !self.section.is_empty() {
            out = out.and(&Html::raw("</section>"));
        }
        out.and(&self.below).and(&Html::raw("</div>"))
    }
}
