### Windows

find-title = Windows
find-count = { $n } registered windows
find-kind = Type
find-all-kinds = All types
find-all-districts = The whole city
find-none = There is no connected window here yet. Try another district, or make a request and the hub takes care of it.
find-operator = Run by
find-all-categories = All kinds
find-since = Since
find-until = Title valid until
find-title-over = Title over, to be reviewed
find-today-working = Open today, a working day
find-today-off = No working day today; call before you come
find-not-open = This window takes no new matters now. What is under way will be finished; for anything new make a request and the hub arranges it.
find-come = How to get there
find-about = About this window
find-ask-next = You need not travel: write down the matter and a window or provider that fits takes it.
find-name = Window
find-territory = District and cluster
find-hours = Hours
find-address = Address
find-phone = Phone
find-unknown = to be entered
