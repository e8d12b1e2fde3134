ask-title = Ask for help
ask-as-staff = Your present role does not ask. Desk agents and windows take requests in; for a firm of your own, switch to that role first.
ask-about-product = I would like this service: { $name }
ask-verb = Ask for help
ask-back-home = Back to the home page
ask-back = Back
ask-kind = Kind
ask-kind-question = What kind of help do you need?
ask-kind-need-hint = Somebody should help to get something done: a test, a loan, hiring
ask-kind-consultation-hint = A question: a policy, a procedure
ask-kind-complaint-hint = You are not satisfied with a service. Nobody handles a complaint about himself
ask-kind-suggestion-hint = Something should be changed
ask-kind-report-hint = A tip about a breach of rules, seen only by named officers of the bureau
ask-words = What is the matter
ask-words-hint = Three things: what you were doing, what you tried, what result you want
ask-title-field = In one line
ask-title-hint = You may leave it out; we take your first clause
ask-category = Category
ask-category-hint = Leave it open if unsure; the desk decides
ask-category-unknown = Not sure
ask-continue = Continue
ask-reach-question = How can we reach you best?
ask-firm = Name of the firm, or its credit code
ask-firm-hint = Either will do; if not yet registered, the name of the project
ask-district = District
ask-contact = Contact person
ask-phone = Mobile number
ask-phone-hint = Used for this matter only. Its last four digits also open the follow-up page
ask-phone-missing = The mobile number is missing
ask-phone-short = { $n ->
    [one] The number is one digit short; it should have 11
   *[other] The number is { $n } digits short; it should have 11
}
ask-phone-long = { $n ->
    [one] The number has one digit too many; it should have 11
   *[other] The number has { $n } digits too many; it should have 11
}
ask-phone-area = A landline needs its area code, such as 0592
ask-phone-character = The number contains “{ $c }”, which is not a digit
ask-phone-beginning = This number cannot be called; please check it
ask-reach = How to reach you
ask-reach-call = By phone
ask-reach-text = By text message
ask-reach-site = Only on this site; I will look
ask-files = Attachments
ask-files-hint = pdf, pictures, Word, Excel and the like; up to 10 MB each, at most 10
ask-consent = My data may be used for this matter
ask-consent-hint = How it is used: { $link }
ask-privacy = privacy notice
ask-consent-missing = We can only take the request with your consent
ask-filled = What you have written
ask-change = Change
ask-known = What you need not write
ask-known-note = From the register. If it is wrong, { $link }; corrected once, it is right everywhere.
ask-known-link = correct it there
ask-submit = Send the request
ask-done = Sent. Your number is { $number }. Within 1 working day you will hear whether it is accepted.
ask-done-code = Sent. Number { $number }, query code { $code }. Please note both: with the last four digits of your phone they open this page again.
ask-today = {" "}Asked today, you are told by { $day } whether it is accepted.
ask-text-mobile = A landline gets no text messages: give a mobile number, or choose another way below
