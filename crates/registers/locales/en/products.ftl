products-title = Products
products-total = { $n } in all
products-search = Words of name or description
products-none = There are no products you may see yet.
products-none-match = No product fits these filters. Take one off, or try other words.
products-state-listed = listed
products-state-withdrawn = withdrawn
products-new = Enter a product
products-new-submit = Enter this product
products-of = Offered by { $name }.
products-provider-number = Number of the provider
products-provider-hint = Such as JG-000001, in the register of providers
products-provider-unknown = There is no provider with this number
products-description-hint = What is done, what is given, what the firm must bring
products-price-hint = Amount and unit, such as 300 yuan a visit
products-name-known = This provider has a product of this name already
products-created = Entered: { $name }, number { $number }.
products-edit = Change { $name }
products-working-days =
    { $n ->
        [one] { $n } working day
       *[other] { $n } working days
    }
products-do-withdraw = Withdraw
products-do-withdraw-note = No longer shown; the record stays and it may be listed again.
products-do-list = List again
products-do-list-note = It is shown from now on.
products-state-set = { $name }: { $state }.
