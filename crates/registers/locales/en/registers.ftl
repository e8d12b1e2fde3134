registers-tabs = Registers
registers-about = About this record
registers-facts = Facts
registers-actions = What can be done now
registers-history = Changes
registers-history-order = Newest first, at most 100
registers-history-none = Nothing was changed since it was entered.
registers-when = When
registers-field = Field
registers-old = Before
registers-new = After
registers-who = Who
registers-who-source = { $person }, { $source }
registers-source = Source
registers-source-desk = entered at the desk
registers-source-import = from a file
registers-source-own = by the organisation itself
registers-source-passing = noted in passing, on a call or visit
registers-source-demo = sample data
registers-number = Number
registers-name = Name
registers-name-en = English name
registers-name-hint = Full name as on its licence, at most 100 characters
registers-former = Former names
registers-code = Credit code
registers-code-short = Credit code
registers-code-none = no code
registers-code-hint = 18 characters, upper or lower case; leave it empty if there is none yet
registers-code-anyway = I have compared it with the licence: the code is as typed
registers-code-empty = No code was given
registers-code-old = This is an old registration number of 15 digits; give the credit code of 18 characters on the licence
registers-code-length = A code has 18 characters; this one has { $got }
registers-code-character = Character { $position }, “{ $character }”, does not occur in codes (they have no I, O, S, V or Z)
registers-code-check = The last character should be { $expected }, not { $got }: some character was copied wrongly
registers-code-inner = Character 17 should ordinarily be { $expected }, not { $got }. Compare it with the licence; if it is right, tick the box below
registers-code-region = The region { $region } is not known. Compare it with the licence; if it is right, tick the box below
registers-code-kind = Codes rarely begin with “{ $kind }”. Compare it with the licence; if it is right, tick the box below
registers-district = District
registers-industry = Industry
registers-industry-hint = Code of GB/T 4754-2017, such as I65 or C3411
registers-section = Section
registers-staff = People employed
registers-staff-hint = How many
registers-people =
    { $n ->
        [one] { $shown } person
       *[other] { $shown } people
    }
registers-revenue = Revenue
registers-revenue-wan = Revenue (10,000 yuan)
registers-assets = Total assets
registers-assets-wan = Total assets (10,000 yuan)
registers-wan = { $amount } × 10,000 yuan
registers-founded = Founded
registers-legal = Legal representative
registers-contact = Contact
registers-phone = Phone
registers-phone-hint = Mobile, or landline with area code
registers-phone-kept = Now { $phone }; leave it empty to keep it
registers-phone-show = Show number
registers-phone-logged = shown, and on record
registers-phone-empty = No phone number was given
registers-phone-character = Character { $position }, “{ $character }”, is not part of a phone number
registers-phone-few =
    { $n ->
        [one] { $n } digit is missing
       *[other] { $n } digits are missing
    }
registers-phone-many =
    { $n ->
        [one] There is { $n } digit too many
       *[other] There are { $n } digits too many
    }
registers-phone-area = A landline needs its area code, as in 0592-5051234
registers-phone-abroad = Only numbers of the Chinese mainland are taken
registers-phone-beginning = A number begins with 1 (mobile), 0 (area code), 400 or 800
registers-address = Address
registers-size = Size class
registers-nature = Kind of body
registers-profile = Profile
registers-categories = Services
registers-category = Service
registers-description = Description
registers-fee = Fee
registers-price = Price
registers-modes = Ways of serving
registers-days = Time needed (working days)
registers-state = State
registers-ground = Ground
registers-kind = Kind
registers-level = Level of the title
registers-cluster = Cluster
registers-hours = Opening hours
registers-hours-en = Opening hours in English
registers-since = Since
registers-until = Valid until
registers-exception = Decision on the exception
registers-verified = Checked
registers-verified-word = checked
registers-provider = Provider
registers-entered = Entered
registers-updated = Last change
registers-unknown = not known
registers-none = none
registers-all = All
registers-all-districts = All districts
registers-all-sizes = All sizes
registers-all-sections = All sections
registers-all-categories = All kinds
registers-choose = Choose one
registers-edit = Change the record
registers-edit-lede = Which field was changed, by whom and when is kept.
registers-save = Save the changes
registers-saved =
    { $n ->
        [0] Nothing was changed.
        [one] Saved: { $n } field was changed.
       *[other] Saved: { $n } fields were changed.
    }
registers-alike = Records with a similar name
registers-alike-what = Without city, legal form and marks, the name is the same as these. Look first whether it is the same body:
registers-alike-confirm = Look at the records above first; if it is another one, tick this box
registers-export = Download this list:
registers-comma = {", "}
registers-semicolon = {"; "}
registers-yes = yes
registers-no = no
