reply-title = Reply templates
reply-lede = Openings and phrases used often, changed where they are used
reply-empty = No reply templates yet. Managers and editors can add them.
reply-new = New template
reply-edit = Edit template
reply-name = Name
reply-name-hint = When to use it, in a few words
reply-words = Text
reply-words-hint = It can be changed once it stands in the answer; mark gaps with “＿＿”
reply-all-categories = All categories
reply-offer = Suggest it to whoever writes an answer
reply-active = in use
reply-inactive = not in use
reply-changed = Changed
reply-save = Save
reply-done = Template saved.
reply-insert = Put into the answer
reply-blanks = { $n ->
    [one] One place “＿＿” is not filled in yet
   *[other] { $n } places “＿＿” are not filled in yet
}
reply-head-knowledge = Knowledge
reply-head-templates = Reply templates
reply-head-similar = Similar closed requests
reply-none-knowledge = Nothing similar in the knowledge base.
reply-none-templates = No templates for this category yet.
reply-none-similar = No similar closed requests.
reply-not-asked = Write what was said, or choose a category: knowledge, templates and similar requests are listed here.
reply-chinese-only = These texts, and names of firms and people, are in Chinese only.
reply-knowledge-note = Basis: { $basis }; until { $until }
reply-similar-note = Closed { $day }; names and numbers taken out
reply-use = Use knowledge or a template
reply-use-none = No knowledge and no template fits.
reply-back = Back to { $number }
