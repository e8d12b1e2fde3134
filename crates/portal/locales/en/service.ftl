### Services

service-title = Services
service-found-title = Search results for “{ $words }”
service-search-label = Search services: name, content, provider
service-filter = Filter
service-chosen = { $n ->
    [one] { $n } chosen
   *[other] { $n } chosen
}
service-apply = Apply these filters
service-clear = Clear all
service-count = { $n } services
service-empty = No such service was found. Try other words or fewer filters, or simply write down the difficulty.
service-empty-near = No service has all of these words; those below come close. If none fits, simply write down the difficulty.
service-near = Close to it
service-not-fitting = Nothing fits? Tell us the difficulty
service-not-fitting-next = Write what you need and somebody looks for the right provider.
service-fee = Fee
service-category = Kind of service
service-district = District
service-provider = Provider
service-time = Usual time
service-modes = How it is done
service-number = Number
service-facts = About this service
service-fee-free = Free
service-fee-low = Low fee
service-fee-published = Published rates
service-fee-negotiable = By agreement
service-fee-unknown = The fee is not stated; you are told before work begins
service-fee-price = { $fee }: { $price }
service-mode-counter = At the counter
service-mode-phone = By phone
service-mode-onsite = At your premises
service-mode-online = Online
service-mode-print = In print
service-mode-letter = By letter
service-mode-other = Other ways
service-days = { $n ->
    [one] usually { $n } working day
   *[other] usually { $n } working days
}
service-only-chinese = The provider’s own words are in Chinese only.
service-no-description = The provider has written no description; somebody will explain before work begins.
service-about-provider = About the provider
service-want = Do you want this service?
service-want-next = Make a request and describe your situation; this provider and others that fit can take it.
service-ask = Make a request about this service
service-others = Other services of this provider
