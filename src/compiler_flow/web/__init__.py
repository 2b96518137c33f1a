"""The review page: a number in the browser, on one's own machine or for the team, over the files that Poedit edits.

::

    server      the address, the token, uvicorn              guard    what a request must be to be looked at
    app         the routes and what they share               views    pages and fragments
    rows        what a page shows of a unit                  live     news of changed files for open pages
    actions     what people do: edit, waive, sign, add terms

It needs the extra ``compiler-flow[web]``. Pages work without a script; with it nothing is loaded twice and the keyboard
drives everything. It calls ``flow`` only.
"""
