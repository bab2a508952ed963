-- INIT_API_KEY is chosen by people: its first characters are shown no more.
UPDATE api_key SET prefix = '(given)' WHERE name = 'INIT_API_KEY';
