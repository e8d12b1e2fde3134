### Search of the workbench

search-title = Search
search-hint = A number opens its record. A firm’s name, the beginning of its code or the first letters of its syllables find the firm. For contents look into the lists below.
search-where = Look into the lists
search-in-cases = What requests say
search-in-enterprises = Firms
search-in-providers = Providers
search-in-products = Products
search-in-windows = Windows
