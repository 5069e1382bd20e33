// @ts-check
/** The texts around the advice, in both languages: logging in, saying where one is. */

const nl = {
  'login.title': 'Inloggen',
  'login.expired': 'Uw sessie is verlopen',
  'login.expired.hint': 'Log opnieuw in. De patiëntgegevens blijven staan.',
  'login.name': 'Gebruikersnaam',
  'login.password': 'Wachtwoord',
  'login.submit': 'Inloggen',
  'login.busy': 'Bezig…',
  'login.wrong': 'Naam of wachtwoord klopt niet.',
  'login.many': 'Te veel pogingen. Wacht een minuut en probeer het opnieuw.',
  'login.offline': 'Geen verbinding met de server. Controleer het netwerk.',
  'login.failed': 'Inloggen lukte niet: {detail}',
  'login.empty': 'Vul naam en wachtwoord in.',
  'login.lead': 'Bestemmingsadvies voor ambulances',

  'position.title': 'Waar is de ambulance?',
  'position.search': 'Adres, postcode, plaats of ziekenhuis',
  'position.hint': 'Bijvoorbeeld: Dam 1 Amsterdam, 1012 JS, Purmerend, of 52.3702, 4.8952',
  'position.none': 'Niets gevonden voor “{query}”. Probeer een plaatsnaam, of tik op de kaart.',
  'position.failed': 'Adressen zoeken kan nu niet. Typ een plaatsnaam, of tik op de kaart.',
  'position.kind.hospital': 'ziekenhuis',
  'position.kind.town': 'plaats',
  'position.kind.address': 'adres',
  'position.kind.coordinates': 'coördinaten',
  'position.usegps': 'Gebruik GPS',
  'position.onmap': 'Kies op de kaart',
};

/** @type {Record<keyof typeof nl, string>} */
const en = {
  'login.title': 'Log in',
  'login.expired': 'Your session has expired',
  'login.expired.hint': 'Log in again. The patient facts stay.',
  'login.name': 'User name',
  'login.password': 'Password',
  'login.submit': 'Log in',
  'login.busy': 'Busy…',
  'login.wrong': 'Name or password is not right.',
  'login.many': 'Too many attempts. Wait a minute and try again.',
  'login.offline': 'No connection to the server. Check the network.',
  'login.failed': 'Logging in failed: {detail}',
  'login.empty': 'Enter name and password.',
  'login.lead': 'Destination advice for ambulances',

  'position.title': 'Where is the ambulance?',
  'position.search': 'Address, postcode, town or hospital',
  'position.hint': 'For example: Dam 1 Amsterdam, 1012 JS, Purmerend, or 52.3702, 4.8952',
  'position.none': 'Nothing found for “{query}”. Try a town, or tap the map.',
  'position.failed': 'No addresses can be found right now. Type a town, or tap the map.',
  'position.kind.hospital': 'hospital',
  'position.kind.town': 'town',
  'position.kind.address': 'address',
  'position.kind.coordinates': 'coordinates',
  'position.usegps': 'Use GPS',
  'position.onmap': 'Choose on the map',
};

export const ENTRY_TEXTS = { nl, en };
