### Search of the workbench

search-title = Search
search-hint = A number opens its record. A firm’s name, the beginning of its code or the first letters of its syllables find the firm; other words find requests by what they say.
search-hint-phone = {" "}A phone finds firms by the register; who has asked from it is looked up under “Take in a call or visit”.
search-none = Nothing found among the requests, answers and firms you may see. Try other words, or filter the lists.
search-where = Look into the lists
search-in-cases = What requests say
search-in-knowledge = knowledge
search-in-enterprises = Firms
search-in-providers = Providers
search-in-products = Products
search-in-windows = Windows
