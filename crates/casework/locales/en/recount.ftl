# The working calendar changed, and due days with it
recount-year = The working calendar has changed
recount-stoppage = Because of { $reason } ({ $document })
recount-taken-back = The stoppage under { $document } was taken back ({ $why })
recount-moved = { $number } “{ $title }”: { $why }; its due day moves from { $before } to { $after }
recount-told = { $why }; the due day of { $n ->
    [one] one matter that waits for you
   *[other] { $n } matters that wait for you
 } has moved: see your inbox
