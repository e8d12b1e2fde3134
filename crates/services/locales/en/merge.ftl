merge-state = Merged, answered together
merge-action-merge = Merge into another request
merge-action-unmerge = Take out and handle separately
merge-batch = Merge
merge-batch-title = Merge into one
merge-batch-count = { $n ->
    [one] { $n } request picked
   *[other] { $n } requests picked
}
merge-batch-note = All go into the oldest. When that one is answered, everybody gets the same answer and confirms, grades or asks again separately.
merge-batch-empty = Merging needs at least two picked requests without an answer. Pick them in the inbox.
merge-batch-target = The others go into this one
merge-batch-goes = Goes into { $number }
merge-batch-stays = Stays as it is: { $reason }
merge-batch-not-now = not possible at this step, or led by another desk
merge-batch-verb = Merge { $n } into { $number }
merge-batch-none = None of the picked requests can be merged
merge-batch-done = { $n ->
    [one] { $n } request merged; they will be answered together
   *[other] { $n } requests merged; they will be answered together
}
merge-batch-some = { $merged } merged, { $left } not: another kind, or somebody was faster
merge-done = { $number } was merged into { $target } and will be answered with it
merge-done-out = { $number } is handled separately again
merge-unknown = No request with this number was found; please check it
merge-blocked-self = A request cannot be merged into itself
merge-blocked-desk = Two different desks lead these requests
merge-blocked-over = { $number } is answered, merged or over and takes none in
merge-blocked-kind = A complaint is not merged with another kind
merge-blocked-about = The two complaints are about different organisations
merge-recalled-words = The same matter as another request; they are answered together
merge-parted-words = The request it was merged into ended without an answer; this one is handled separately
merge-notice-recalled = { $number } ({ $title }) is answered with another request; your assignment is recalled
merge-notice-parted = { $number } ({ $title }) is no longer merged; please handle it separately
merge-with-title = Answered together with
merge-in-title = Requests merged into this one
merge-in-count = { $n }, answered together
merge-in-hidden = { $n ->
    [one] One more firm waits for the same answer; the desk tells it.
   *[other] { $n } more firms wait for the same answer; the desk tells them.
}
merge-alike-title = Possibly the same matter
merge-alike-note = open and alike
merge-sign-firm = same firm
merge-sign-phone = same phone
merge-sign-category = same category
merge-sign-words = { $n }% of the words in common
merge-sign-join = {", "}
merge-verb-into = Merge this one into { $number }
merge-verb-take-in = Merge { $number } into this one
merge-submit = Merge
merge-field-into = Into which request
merge-hint-into = Its number, such as FW-2026-000123
merge-field-why = Why it is the same matter
merge-hint-why = Read by staff only
merge-note = The asker gets the answer of the other request and then confirms and grades separately; no limit of its own runs
merge-hint-unmerge = Say why it is another matter
merge-submit-unmerge = Take out
merge-note-unmerge = Goes back to where it was; the limit starts anew
merge-say = Merged into { $number }; it is answered with that one.
merge-say-you = Your request is handled together with the same matter; you get the answer at the same time.
merge-firm-waits-own = The same matter as your { $number }; both are answered together.
merge-firm-waits = The same matter was raised by somebody else too; it is answered together. Yours is kept: you confirm and grade it yourself.
merge-firm-answered-own = Answered together with your { $number }, the same matter.
merge-firm-answered = Answered together with the same matter raised by somebody else.
merge-figure = Merged into another one (already counted)
merge-figure-def = By the day of merging: requests that are still handled or were answered together with another one. Each counts once among those received; neither kept nor missed a limit; the time taken is measured on the target only.
