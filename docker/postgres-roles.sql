-- Run once by the postgres image, when its data folder is new; psql reads the passwords from the environment.
-- The owner migrates: it makes tables and roles, and is no superuser. The login is the application's: it owns nothing, so
-- that row-level security binds it, and what it may do is granted to it by the migrations.
\getenv owner_password CLICKPOST_OWNER_PASSWORD
\getenv login_password CLICKPOST_LOGIN_PASSWORD
CREATE ROLE clickpost_migrate LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE ROLE clickpost_login LOGIN NOINHERIT PASSWORD :'login_password';
REVOKE ALL ON DATABASE clickpost FROM PUBLIC;
GRANT CONNECT ON DATABASE clickpost TO clickpost_login;
ALTER DATABASE clickpost OWNER TO clickpost_migrate;
