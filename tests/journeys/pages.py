# SPDX-License-Identifier: GPL-3.0-or-later
"""How to get to each page of the window, and how to know that it has come up.

The journeys look at the names on them, tests/pictures takes their pictures.
"""

import datetime
import re

import tree
from filing import SERVICE, STREET, Filing

DANGEROUS = 'GAS.smell'
# The city asks when, and from where.
ASKED_MORE = 'SAF.noise'
WRONG_NUMBER = '221126000010'


class Sights:
    """Requests of the city that are worth looking at: one in each state of affairs."""

    def __init__(self, city):
        self.city = city
        self.at = None  # the page that was gone to last: the next question follows it

    def find(self, status, fits):
        """The newest that fits. Few of a city's requests are open, so that all of them are on one page."""
        requests = self.city.get('requests.json', extensions='true', page_size=1000, status=status)
        found = next((request for request in requests if fits(request)), None)
        if not found:
            raise AssertionError('the sample city has no such request')
        return found['service_request_id']

    def answered(self):
        return self.find('closed', lambda request: request['extended_attributes']['detailed_status'] == 'answered')

    def open(self):
        return self.find('open', lambda request: not is_over(request))

    def overdue(self):
        return self.find('open', is_over)

    def file(self, **fields):
        """Files a request without the window, and returns its number."""
        return self.city.post('requests.json', **fields)[0]['service_request_id']


def is_over(request):
    due = request['expected_datetime']
    return bool(due) and datetime.datetime.fromisoformat(due) < datetime.datetime.now(datetime.timezone.utc)


def home(window, sights):
    window.act('home')
    window.see(window.words('How can we help?'))
    window.see(window.words('The city in the last 30 days'))


def explore(window, sights):
    window.act('home')
    window.open('explore')
    window.wait_for_row(window.words('Requests in view'))


def explore_selection(window, sights):
    explore(window, sights)
    row = window.wait_for_row(window.words('Requests in view'))
    window.click(row)
    window.find(tree.BUTTON, window.words('Open the request'))


def explore_order(window, sights):
    explore(window, sights)
    window.press(window.words.pattern('Order of the list: %s'))
    window.find(tree.CHECK, window.words('By deadline', 'order of the list'))


def explore_members(window, sights):
    """What lies together in the middle of the map."""
    explore(window, sights)
    window.find(None, window.words('Map of the city')).do('map.list')
    window.find(tree.BUTTON, window.words('Show all'))


def explore_filters(window, sights):
    explore(window, sights)
    window.press(window.words('Filters'))
    window.find(tree.BUTTON, window.words.plural('Show %s request', 'Show %s requests'))


def explore_layers(window, sights):
    explore(window, sights)
    window.press(window.words('Map layers'))
    window.press(window.words('By districts', 'map layer'), tree.CHECK)
    window.see(window.words('What to show of each district'))


def show_layer(window, sights, layer):
    """The map as it draws the requests in another way; what was chosen is chosen until somebody begins anew."""
    explore(window, sights)
    window.press(window.words('Map layers'))
    window.press(window.words(layer, 'map layer'), tree.CHECK)
    window.press(window.words('Map layers'))
    window.wait_until_unseen(window.words(layer, 'map layer'))


def explore_heat(window, sights):
    show_layer(window, sights, 'How close together they are')


def explore_districts(window, sights):
    show_layer(window, sights, 'By districts')


def request(window, number):
    window.act('home')
    window.open('request', number)
    window.see(re.compile(re.escape(number)))
    window.find(tree.LIST, window.words('History', 'request'))
    window.find(tree.ROW, re.compile('.'), within=window.find(tree.LIST, window.words('History', 'request')))


def request_answered(window, sights):
    request(window, sights.answered())


def request_open(window, sights):
    request(window, sights.open())


def request_overdue(window, sights):
    request(window, sights.overdue())


def explore_nothing(window, sights):
    """Nobody has filed anything like it."""
    window.begin_anew()
    window.open('explore')
    window.wait_for_row(window.words('Requests in view'))
    if not window.find_all(tree.FIELD, window.words('Search requests by words, address or number')):
        window.press(window.words('Search', 'button'))
    window.find(tree.FIELD, window.words('Search requests by words, address or number')).fill('ъъъъъъъъ')
    window.see(window.words('No request matches'))


def request_long(window, sights):
    """As much as a citizen may write, in words that do not end, on a street with the longest name."""
    request(window, sights.file(service_code='LIG.yard', address_string=LONG_STREET, lat=51.1283, long=71.4305,
                                description=f'{STORY["kk"]} {"Ұзақ" * 40} ' + f'{STORY["kk"]} ' * 18))


def request_missing(window, sights):
    window.act('home')
    window.open('request', '221126999994')
    window.see(window.words('Request not found'))


def queue(window, sights):
    """What has not arrived at the city, for the staff of a desk."""
    window.act('home')
    window.open('queue')


def check(window, sights):
    window.act('home')
    window.open('check')
    window.find(tree.GROUP, window.words('Number keys'))


def check_wrong(window, sights):
    check(window, sights)
    window.find(tree.FIELD, window.words('Request number')).fill(WRONG_NUMBER)
    window.press(window.words('Check', 'button'))
    window.find(tree.ALERT, re.compile('.'))


def category(window, sights):
    window.act('home')
    window.open('category')
    window.see(window.words('What happened? Choose a category'))
    window.see(window.words('Often reported now'))


def service(window, sights):
    category(window, sights)
    window.press(Filing(window, sights.city).service(SERVICE)[1])
    window.see(window.words('What exactly happened?'))


def danger(window, sights):
    category(window, sights)
    Filing(window, sights.city).choose_service(DANGEROUS)
    window.see(window.words('Call 112 first'))
    window.find(tree.BUTTON, window.words('I have called. Continue the request'))


def details(window, sights):
    category(window, sights)
    Filing(window, sights.city).choose_service(ASKED_MORE)
    window.see(window.words('A few more questions'))
    window.see(window.words('At about what hour'))


def place(window, sights):
    window.begin_anew()
    category(window, sights)
    filing = Filing(window, sights.city)
    filing.choose_service()
    filing.choose_place()
    window.find(tree.STATUS, re.compile(re.escape(STREET[window.words.language])))


def text(window, sights):
    if sights.at != 'place':
        place(window, sights)
    filing = Filing(window, sights.city)
    filing.go_on()
    window.find(tree.FIELD, window.words('What happened', 'name of the text field')).fill(STORY[window.words.language])


def review(window, sights):
    if sights.at != 'text':
        text(window, sights)
    Filing(window, sights.city).go_on()
    window.see(window.words('Check and send'))


def contact(window, sights):
    if sights.at != 'review':
        review(window, sights)
    window.press(window.words('Change the contact'))
    window.see(window.words('How can the city reach you?'))


def done(window, sights):
    if sights.at != 'review':
        review(window, sights)
    Filing(window, sights.city).send()


def done_offline(window, sights):
    """Leaves the city without a server."""
    review(window, sights)
    sights.city.kill()
    window.press(window.words('Send to 109'))
    window.see(window.words('Your request is safe on this device'))


def queue_waiting(window, sights):
    """With something in it; leaves the city without a server, so that it stays there."""
    done_offline(window, sights)
    window.open('queue', '')
    window.see(window.words('Requests on this device'))
    window.see(window.words('Waiting', 'pending'))


def help_sheet(window, sights):
    home(window, sights)
    window.act('help')
    window.see(window.words('Need help? Call 109'))


STORY = {
    'kk': 'Аулада екі аптадан бері жарық жоқ. Кешке балалар алаңында ештеңе көрінбейді, әжелер құлап қалады.',
    'ru': 'Во дворе уже две недели нет света. Вечером на детской площадке ничего не видно, бабушки падают.',
    'en': 'There has been no light in the yard for two weeks. At night nobody sees anything on the playground.',
}

LONG_STREET = 'Бауыржан Момышұлы атындағы батырлар даңғылының солтүстік-шығыс айналма жолы, 124/2'

PAGES = {
    'home': home,
    'explore': explore,
    'explore-selection': explore_selection,
    'explore-order': explore_order,
    'explore-members': explore_members,
    'explore-filters': explore_filters,
    'explore-layers': explore_layers,
    'explore-heat': explore_heat,
    'explore-districts': explore_districts,
    'explore-nothing': explore_nothing,
    'queue': queue,
    'request-open': request_open,
    'request-answered': request_answered,
    'request-overdue': request_overdue,
    'request-long': request_long,
    'request-missing': request_missing,
    'check': check,
    'check-wrong': check_wrong,
    'category': category,
    'service': service,
    'danger': danger,
    'details': details,
    'place': place,
    'text': text,
    'review': review,
    'contact': contact,
    'done': done,
    'help': help_sheet,
    'done-offline': done_offline,
    'queue-waiting': queue_waiting,
}


def go(page, window, sights):
    """Goes to a page, and returns when it has come up."""
    if not sights.city.is_running():
        sights.city.start()
    PAGES[page](window, sights)
    sights.at = page
