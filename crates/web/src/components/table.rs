//! Tables: numbers right, heads with scope, cards on phones.

use super::attr;
use crate::layout::Html;

/// Where a column's words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the start: words.
    #[default]
    Start,
    /// At the end: numbers.
    End,
}

/// The head of a column.
#[derive(Clone, Debug, Default)]
pub struct Col {
    /// Its word; a unit of numbers stands here.
    pub label: String,
    /// Where its cells stand.
    pub align: Align,
    /// Sorts the list by this column.
    pub sort_href: Option<String>,
    /// How the list is sorted by this column now: `ascending`, `descending`.
    pub sorted: Option<&'static str>,
    /// Class of the column's cells, such as `nowrap`, `what`.
    pub class: &'static str,
    /// Its cells speak for themselves on a card: no label before them.
    pub bare: bool,
}

impl Col {
    /// A column of words.
    pub fn text(label: &str) -> Col {
        Col { label: label.to_string(), ..Col::default() }
    }

    /// A column of numbers.
    pub fn num(label: &str) -> Col {
        Col { label: label.to_string(), align: Align::End, ..Col::default() }
    }

    /// A column whose cells do not break, such as dates.
    pub fn nowrap(label: &str) -> Col {
        Col { label: label.to_string(), class: "nowrap", ..Col::default() }
    }

    /// Gives the cells a class.
    #[must_use]
    pub fn class(mut self, class: &'static str) -> Col {
        self.class = class;
        self
    }

    /// Leaves the label off on cards: for a number or title that needs none.
    #[must_use]
    pub fn bare(mut self) -> Col {
        self.bare = true;
        self
    }

    /// Makes the head a link that sorts; `now` is `ascending` or `descending` if the list is sorted by it.
    #[must_use]
    pub fn sort(mut self, href: &str, now: Option<&'static str>) -> Col {
        self.sort_href = Some(href.to_string());
        self.sorted = now;
        self
    }
}

/// A cell, where more than its words matter.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What stands in it.
    pub html: Html,
    /// Class added to the column's.
    pub class: &'static str,
}

impl From<Html> for Cell {
    fn from(html: Html) -> Cell {
        Cell { html, class: "" }
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Cell {
        Html::text(words).into()
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Cell {
        Html::text(&words).into()
    }
}

/// A table; the first cell of each row is its head.
#[derive(Clone, Debug, Default)]
pub struct Table {
    caption: String,
    caption_shown: bool,
    cols: Vec<Col>,
    rows: Vec<(&'static str, Vec<Cell>)>,
    foot: Vec<Cell>,
    cards: bool,
    class: &'static str,
    row_head: Option<usize>,
}

impl Table {
    /// A table with a caption that is read, not shown.
    pub fn new(caption: &str) -> Table {
        Table { caption: caption.to_string(), row_head: Some(0), ..Table::default() }
    }

    /// Shows the caption.
    #[must_use]
    pub fn show_caption(mut self) -> Table {
        self.caption_shown = true;
        self
    }

    /// Adds a column.
    #[must_use]
    pub fn col(mut self, col: Col) -> Table {
        self.cols.push(col);
        self
    }

    /// Which column heads its rows; the first one if nothing is said.
    #[must_use]
    pub fn row_head(mut self, column: usize) -> Table {
        self.row_head = Some(column);
        self
    }

    /// Becomes cards on phones, each cell naming itself.
    #[must_use]
    pub fn cards(mut self) -> Table {
        self.cards = true;
        self
    }

    /// Small and tight, as under a chart.
    #[must_use]
    pub fn tight(mut self) -> Table {
        self.class = " table-tight";
        self
    }

    /// As a worklist: one line a row, keys J and K.
    #[must_use]
    pub fn list(mut self) -> Table {
        self.class = " list";
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row<C: Into<Cell>>(self, cells: impl IntoIterator<Item = C>) -> Table {
        self.row_class("", cells)
    }

    /// Adds a row with a class, such as `is-new`.
    #[must_use]
    pub fn row_class<C: Into<Cell>>(mut self, class: &'static str, cells: impl IntoIterator<Item = C>) -> Table {
        self.push(class, cells);
        self
    }

    /// Adds a row with a class, in a loop.
    pub fn push<C: Into<Cell>>(&mut self, class: &'static str, cells: impl IntoIterator<Item = C>) {
        self.rows.push((class, cells.into_iter().map(Into::into).collect()));
    }

    /// Adds the row of sums.
    #[must_use]
    pub fn foot<C: Into<Cell>>(mut self, cells: impl IntoIterator<Item = C>) -> Table {
        self.foot = cells.into_iter().map(Into::into).collect();
        self
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn role(&self, role: &str) -> String {
        if self.cards { format!(" role=\"{role}\"") } else { String::new() }
    }

    fn cell(&self, i: usize, cell: &Cell, row_class: &str, foot: bool) -> String {
        let col = self.cols.get(i);
        let mut class = String::new();
        for one in [
            col.map_or("", |c| if c.align == Align::End { "num" } else { "" }),
            col.map_or("", |c| c.class),
            cell.class,
        ] {
            if !one.is_empty() {
                if !class.is_empty() {
                    class.push(' ');
                }
                class.push_str(one);
            }
        }
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let label = match col {
            Some(c) if self.cards && !foot && !c.bare && !c.label.is_empty() && row_class != "group" => {
                attr("data-label", &c.label)
            }
            _ => String::new(),
        };
        if self.row_head == Some(i) {
            format!("<th{} scope=\"row\"{class}{label}>{}</th>", self.role("rowheader"), cell.html)
        } else {
            format!("<td{}{class}{label}>{}</td>", self.role("cell"), cell.html)
        }
    }

    /// The markup.
    pub fn html(&self) -> Html {
        let mut out = format!(
            "<table{} class=\"table{}{}\">",
            self.role("table"),
            self.class,
            if self.cards { " as-cards" } else { "" }
        );
        if !self.caption.is_empty() {
            out.push_str(&format!(
                "<caption{}>{}</caption>",
                if self.caption_shown { "" } else { " class=\"sr\"" },
                Html::text(&self.caption)
            ));
        }
        out.push_str(&format!("<thead{0}><tr{1}>", self.role("rowgroup"), self.role("row")));
        for col in &self.cols {
            let sorted = col.sorted.map(|how| format!(" aria-sort=\"{how}\"")).unwrap_or_default();
            let arrow = match col.sorted {
                Some("ascending") => " ↑",
                Some("descending") => " ↓",
                _ => "",
            };
            let words = Html::text(&col.label);
            let words = match &col.sort_href {
                Some(href) => format!("<a{}>{words}{arrow}</a>", attr("href", href)),
                None => format!("{words}{arrow}"),
            };
            let class = if col.align == Align::End { " class=\"num\"" } else { "" };
            out.push_str(&format!("<th{} scope=\"col\"{class}{sorted}>{words}</th>", self.role("columnheader")));
        }
        out.push_str(&format!("</tr></thead><tbody{}>", self.role("rowgroup")));
        for (class, cells) in &self.rows {
            let classes = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
            out.push_str(&format!("<tr{}{classes}>", self.role("row")));
            for (i, cell) in cells.iter().enumerate() {
                out.push_str(&self.cell(i, cell, class, false));
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody>");
        if !self.foot.is_empty() {
            out.push_str(&format!("<tfoot{}><tr{}>", self.role("rowgroup"), self.role("row")));
            for (i, cell) in self.foot.iter().enumerate() {
                out.push_str(&self.cell(i, cell, "", true));
            }
            out.push_str("</tr></tfoot>");
        }
        out.push_str("</table>");
        Html(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_name_their_cells_and_keep_their_roles() {
        let out = Table::new("谁<做>什么")
            .col(Col::text("谁"))
            .col(Col::num("件"))
            .cards()
            .row([Html::text("甲<"), Html::text("3")])
            .foot(["合计", "3"])
            .html()
            .0;
        assert!(
            out.starts_with("<table role=\"table\" class=\"table as-cards\"><caption class=\"sr\">谁&lt;做&gt;什么")
        );
        assert!(out.contains("<th role=\"rowheader\" scope=\"row\" data-label=\"谁\">甲&lt;</th>"));
        assert!(out.contains("<td role=\"cell\" class=\"num\" data-label=\"件\">3</td>"));
        assert!(out.contains("<tfoot"));
    }

    #[test]
    fn a_sorted_column_says_so() {
        let out = Table::new("x").col(Col::text("到期").sort("?sort=-due", Some("ascending"))).html().0;
        assert!(out.contains("aria-sort=\"ascending\"><a href=\"?sort=-due\">到期 ↑</a>"));
    }
}
