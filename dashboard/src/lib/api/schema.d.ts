/* Made from /openapi.json by `npm run api`. Not edited by hand. */
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The name of this service and the address of its documentation
         * @description Needs no token.
         */
        get: operations["get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process is alive
         * @description Needs no token.
         */
        get: operations["get_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as /live
         * @description Needs no token.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served: the database and Redis, each with its latency
         * @description 503 when the database is gone or the service is stopping.
         *
         *     Needs no token.
         */
        get: operations["get_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description Needs METRICS_TOKEN as the bearer token where that is set; in production not served here without it.
         *
         *     Needs no token.
         */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Needs no token.
         */
        get: operations["get_openapi_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a company with its owner, a trial subscription of 14 days, and tokens
         * @description Where mail is set up the answer is 202 without tokens: the link in the mail leads to POST /auth/verify-email. Without (in development) the first account of an address is active at once; the mails of the others are in the log.
         *
         *     Needs no token.
         */
        post: operations["post_signup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an e-mail address with the mailed link and the password, and sign in
         * @description Needs no token.
         */
        post: operations["post_auth_verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/verify-email/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail another link to an unconfirmed address; the answer does not tell whether the account exists
         * @description Needs no token.
         */
        post: operations["post_auth_verify_email_send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description X-Tenant-ID is needed where the e-mail address is in several companies. With `X-Pulse-Session: cookie` the refresh token comes in an HttpOnly cookie instead of in the body; then send that header with /auth/refresh and /auth/logout, too.
         *
         *     Needs no token.
         */
        post: operations["post_auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am, and what I may do
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_auth_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description Each refresh token works once. For 5 s more it gives the same tokens again, because a reply may be lost and two tabs may ask at once. Any later use ends the whole session. A session ends after 30 days without an exchange, and after 90 days in any case. In a suspended company the answer is 403, and the token stays good for when it is resumed. With `X-Pulse-Session: cookie` the cookie holds the token, and there is no body.
         *
         *     Needs no token.
         */
        post: operations["post_auth_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session of the refresh token, or else of the access token
         * @description Needs no token.
         */
        post: operations["post_auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My live sessions
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_auth_sessions"];
        put?: never;
        post?: never;
        /**
         * End all my sessions but this one
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        delete: operations["delete_auth_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my sessions: its access tokens are refused at once
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        delete: operations["delete_auth_sessions_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm again that it is me
         * @description With the password, and the `code` of the second factor if it is on; or with a passkey, for a challenge of POST /auth/passkeys/challenge with the purpose `confirm`. It counts for ten minutes, like signing in, for calls that require it: passkeys are made, named and removed then. With the `mailed_code` of POST /auth/confirm/mail alone, where that is required.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/confirm/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail me a code that shows that my address is mine
         * @description Asked for where my company wants a second factor, I have none, and a password alone has let me in: before one is set up. The code is good once, for ten minutes, in this session. 409 where none is asked for.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_confirm_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to make a passkey
         * @description For navigator.credentials.create(), with `residentKey: "required"`, `userVerification: "required"` and `attestation: "none"`. Asks for a sign-in or POST /auth/confirm within ten minutes. A cookie binds the challenge to the browser, for five minutes.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_passkeys_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My passkeys
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_auth_passkeys"];
        put?: never;
        /**
         * Store a passkey
         * @description The browser's answer to /auth/passkeys/begin. Attestation of the authenticator is ignored.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_passkeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name one of my passkeys
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        put: operations["put_auth_passkeys_by_id"];
        post?: never;
        /**
         * Remove one of my passkeys: it no longer signs me in
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        delete: operations["delete_auth_passkeys_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a challenge for a passkey
         * @description For navigator.credentials.get(), with `userVerification: "required"`. A cookie binds it to the browser; it works once, for this purpose, within five minutes.
         *
         *     Needs no token.
         */
        post: operations["post_auth_passkeys_challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a passkey
         * @description The browser's answer to a challenge with the purpose `sign_in`. A passkey verifies its user by itself, so no second factor is asked for.
         *
         *     Needs no token.
         */
        post: operations["post_auth_passkeys_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change my password; my other sessions end
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        put: operations["put_auth_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a link to set a new password; the answer does not tell whether the account exists
         * @description Needs no token.
         */
        post: operations["post_auth_password_forgot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password with the mailed link, and sign in; all older sessions end
         * @description Needs no token.
         */
        post: operations["post_auth_password_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether I have a second factor
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_auth_second_factor"];
        put?: never;
        /**
         * Begin to set up an authenticator app
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_second_factor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm it with the app's first code; signing in then asks for a code
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_second_factor_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Require a passkey in addition to my password, without an authenticator app
         * @description Needs a passkey, and a sign-in or POST /auth/confirm within ten minutes. The recovery codes are shown only once.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_second_factor_passkeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new recovery codes, with a code or a passkey; the old ones stop working
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_second_factor_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove my second factor, with a code or a passkey
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_second_factor_remove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ways in which people sign in here
         * @description Needs no token.
         */
        get: operations["get_auth_methods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/linkedin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to sign in with LinkedIn
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two, for ten minutes. The way back leads to the dashboard's /sign-in/arrived with a code behind `#`, valid once and for 60 s in that browser, for POST /auth/exchange; or to /sign-in with `problem`.
         *
         *     Needs no token.
         */
        get: operations["get_auth_linkedin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sso/{sign_in_name}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to sign in with a company's own identity provider
         * @description Continues as with LinkedIn. The company's owner has chosen the name.
         *
         *     Needs no token.
         */
        get: operations["get_auth_sso_by_sign_in_name_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/linkedin/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which LinkedIn returns a browser
         * @description Needs no token.
         */
        get: operations["get_auth_linkedin_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sso/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which a company's identity provider returns a browser
         * @description Needs no token.
         */
        get: operations["get_auth_sso_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange the code of a sign-in for tokens
         * @description In the browser that came back: its cookie is the other half of the code. Where a second factor is on, `second_factor` is required, and the code is valid for five minutes.
         *
         *     Needs no token.
         */
        post: operations["post_auth_exchange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The ways in which I sign in
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_auth_identities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/identities/linkedin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to link my LinkedIn account
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_identities_linkedin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/identities/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to link my account at my company's identity provider
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_identities_company"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/identities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink an identity: it no longer signs me in
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        delete: operations["delete_auth_identities_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/identity-provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My company's identity provider, without its secret
         * @description Needs the permission `manage_members`: owner, admin.
         */
        get: operations["get_org_identity_provider"];
        /**
         * Set up my company's identity provider (OpenID Connect)
         * @description Owners only. Its document (/.well-known/openid-configuration) is read before anything is stored. Register `redirect_uri` there. It signs in people who have an account here with an address that the provider has verified, or who have an invitation.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        put: operations["put_org_identity_provider"];
        post?: never;
        /**
         * Remove my company's identity provider: nobody can sign in with it any more
         * @description Needs the permission `manage_members`: owner, admin.
         */
        delete: operations["delete_org_identity_provider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/sign-in-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How my company's people must sign in
         * @description Needs the permission `manage_members`: owner, admin.
         */
        get: operations["get_org_sign_in_rules"];
        /**
         * Require a second factor of everybody in my company, or stop requiring it
         * @description A member without one can then only set one up. Sessions that began with a passkey or at an identity provider, and tokens for scripts, stay valid.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        put: operations["put_org_sign_in_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My tokens for scripts, newest first
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_auth_tokens"];
        put?: never;
        /**
         * Make a token for a script; it is shown only once
         * @description A token may do what both its scopes and its member's role allow, in the named projects, or in all. Send it as `Authorization: Bearer pulse_…`.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_auth_tokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token: it is refused at once
         * @description Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        delete: operations["delete_auth_tokens_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My profile
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_users_profile"];
        /**
         * Change my profile
         * @description Omitted fields keep their values.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        put: operations["put_users_profile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people of my company, newest first
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_org_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deactivate a member, or leave the company
         * @description Owners and admins; oneself, too, except as the last owner. The member's sessions end at once; their past actions stay. Their unpublished content, and approvals that wait for them by name, go to `successor_id`, or to the caller; likes and comments that wait for them are skipped.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        delete: operations["delete_org_members_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/members/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reactivate a deactivated member
         * @description Needs the permission `manage_members`: owner, admin.
         */
        post: operations["post_org_members_by_id_reactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/members/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase the personal data of a member who has left
         * @description Deactivate them first. Their actions stay, without a name. The audit loses their addresses, devices and their before and after values; its chain stays valid. It cannot be undone, and they cannot be reactivated.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        post: operations["post_org_members_by_id_erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member another role
         * @description Nobody changes their own role; admins can neither change nor make owners. In force with the member's next request.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        put: operations["put_users_role"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make another member the owner in my place; I become an admin
         * @description Needs the permission `manage_members`: owner, admin.
         */
        post: operations["post_org_owner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete my company with all that it has
         * @description Owners only, with the company's `name` as it is written, and within ten minutes of a sign-in or of POST /auth/confirm. At once nothing that waits goes out any more, nobody is let in, and sessions, tokens, feeds, links and live streams end. What is going out just then goes on, and the answer says how much that is. Then, within a minute, or once that has ended, its rows are erased: people, posts, accounts with their tokens, figures, and what is personal of its audit, whose chain stays valid. What was published stays at the platforms, which are not asked to revoke the tokens. It cannot be undone.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        delete: operations["delete_org"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/members/{id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The projects and channels that a member may see
         * @description Needs the permission `manage_members`: owner, admin.
         */
        get: operations["get_org_members_by_id_access"];
        /**
         * Limit a member to some projects and channels, or lift the limit
         * @description Everything else is invisible to them and to their tokens, from the next request on, and in live streams within a second. A grant without `channel_ids` is for all channels of the project. Limited members cannot invite people or read the audit; the live stream has their events alone.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        put: operations["put_org_members_by_id_access"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/members/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Reset the second factor of a member who has lost it
         * @description For a member who has neither their authenticator app nor a recovery code. Takes away the app, the recovery codes and all passkeys, ends all sessions of the member, and mails them who did it. Their password stays, and lets them in until they set up another factor; where the company asks for one, they must do that first. Owners do this for everybody else, admins for members below them. Asks for a sign-in or POST /auth/confirm within ten minutes.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        delete: operations["delete_org_members_by_id_second_factor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The teams of my company, by name
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_org_teams"];
        put?: never;
        /**
         * Make a team
         * @description Needs the permission `manage_members`: owner, admin.
         */
        post: operations["post_org_teams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename a team
         * @description Owners and admins; team leaders their own.
         *
         *     Needs the permission `invite_members`: owner, admin, team_leader.
         */
        put: operations["put_org_teams_by_id"];
        post?: never;
        /**
         * Remove a team; its members stay in the company
         * @description Needs the permission `manage_members`: owner, admin.
         */
        delete: operations["delete_org_teams_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/teams/members/{user_id}/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a member into a team; null takes them out of theirs
         * @description Needs the permission `manage_members`: owner, admin.
         */
        put: operations["put_org_teams_members_by_user_id_team"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All invitations, newest first
         * @description Needs the permission `manage_members`: owner, admin.
         */
        get: operations["get_org_invites"];
        put?: never;
        /**
         * Invite people
         * @description With an address the invitation is mailed there, and is for it alone. Without one, anybody with the link may use it, `uses_max` times. The code is shown only once. Team leaders invite members and analysts into their own team.
         *
         *     Needs the permission `invite_members`: owner, admin, team_leader.
         */
        post: operations["post_org_invites"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/teams/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite people into a team
         * @description Needs the permission `invite_members`: owner, admin, team_leader.
         */
        post: operations["post_org_teams_by_id_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/invites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description Needs the permission `manage_members`: owner, admin.
         */
        delete: operations["delete_org_invites_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/invites/validate/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an invitation by its code
         * @description Needs no token.
         */
        get: operations["get_org_invites_validate_by_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/invites/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Join a company with the code of an invitation
         * @description 202 without tokens where the address is not confirmed yet: a mail is on its way.
         *
         *     Needs no token.
         */
        post: operations["post_org_invites_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/invites/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite up to 500 people from a table
         * @description CSV with address, role and team (by name); a heading may reorder them. A heading with any other column is refused, and a row with more cells is a bad one, so that nothing of the table is left unread. Each person gets a separate mail. Bad rows are listed by their number, and then nobody is invited, unless `on_bad_rows` is `leave_out`. Members, and addresses with an open invitation of the same role and team, are `skipped`: the same table may be sent again. `preview` only looks.
         *
         *     Needs the permission `invite_members`: owner, admin, team_leader.
         */
        post: operations["post_org_invites_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The permissions of each role, with their calls
         * @description Derived from the routes themselves, so it is what Pulse enforces.
         *
         *     Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export my data
         * @description One JSON object a line, {"kind", "data"}, sent as it is read. It holds no passwords, no tokens and no hashes of them. Of a picture or film it has what is known of it: GET /media/{id} gives the address of its file.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_users_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/org/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export my company's data
         * @description One JSON object a line, {"kind", "data"}, sent as it is read. It holds no passwords, no tokens and no hashes of them. Of a picture or film it has what is known of it: GET /media/{id} gives the address of its file.
         *
         *     Needs the permission `manage_members`: owner, admin.
         */
        get: operations["get_org_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All companies of this installation, newest first
         * @description Needs the permission `administer_platform`: .
         */
        get: operations["get_admin_orgs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A company and its people
         * @description The company's audit records this read.
         *
         *     Needs the permission `administer_platform`: .
         */
        get: operations["get_admin_orgs_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of the installation
         * @description Needs the permission `administer_platform`: .
         */
        get: operations["get_admin_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a company: its people cannot sign in, and nothing starts
         * @description Needs the permission `administer_platform`: .
         */
        post: operations["post_admin_orgs_by_id_suspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orgs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a suspended company
         * @description Needs the permission `administer_platform`: .
         */
        post: operations["post_admin_orgs_by_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, newest first
         * @description Every call that changed something, with before and after, every sign-in and every refusal. Filters: who (`actor_id`), on what (`subject_id`), which route (`action`, "POST /org/teams"), `request_id`, `outcome`, `since`, `until`.
         *
         *     Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/recent-activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The last 20 entries of the audit
         * @description Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_audit_recent_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/analytics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much was done and refused: by day, by action, by person; and the figures of engagement
         * @description Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_audit_analytics_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit as CSV, newest first
         * @description RFC 4180, sent as it is read, with the filters of /audit. Text that a spreadsheet would run as a formula begins with an apostrophe.
         *
         *     Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_audit_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signed head of the audit's hash chain
         * @description Keep it elsewhere: with it POST /audit/verify and `pulse audit verify` notice any earlier entry that was changed, deleted, reordered or cut off.
         *
         *     Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_audit_head"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify the audit's chain
         * @description Needs the permission `read_audit`: owner, admin, analyst.
         */
        post: operations["post_audit_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects, newest first
         * @description Needs the permission `read_projects`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_projects"];
        put?: never;
        /**
         * Make a project
         * @description Owners and admins. The time zone is an IANA name (default: UTC). `lateness` says what happens to a post that could not start within `after_seconds` after it was due: `send` it all the same, `skip` it, or `ask` (POST /deliveries/{id}/resolve).
         *
         *     Needs the permission `manage_projects`: owner, admin.
         */
        post: operations["post_projects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a project
         * @description Needs the permission `read_projects`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_projects_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a project
         * @description Owners and admins. Omitted fields keep their values.
         *
         *     Needs the permission `manage_projects`: owner, admin.
         */
        patch: operations["patch_projects_by_id"];
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the channels, newest first
         * @description Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels"];
        put?: never;
        /**
         * Connect a project to a platform, or find the channel that does
         * @description 201 with a new channel, 200 with the project's existing channel of this type and account. A project has one website channel. A known account that is sent again gets its new token, and channels that were switched off because the old token was refused are switched on again.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        post: operations["post_channels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a channel
         * @description Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_by_id"];
        put?: never;
        post?: never;
        /**
         * Remove a channel
         * @description Waiting deliveries are cancelled. Those that may be live since an earlier attempt become unconfirmed, for a person to decide. Those being sent finish. Published posts stay at the platform.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_by_id"];
        options?: never;
        head?: never;
        /**
         * Change a channel, switch it on or off, or give its account a new token
         * @description While a channel is off, its waiting deliveries are held. Omitted fields keep their values.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        patch: operations["patch_channels_by_id"];
        trace?: never;
    };
    "/connectors/available": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the available platforms, with the capabilities of each
         * @description The same for everybody; it has an ETag.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_connectors_available"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/x/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at X
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_x_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/x/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which X returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_x_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/x/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at X, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_x_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/x/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at X: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_x_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/meta/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at Meta
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_meta_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/meta/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which Meta returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_meta_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/meta/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at Meta, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_meta_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/meta/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at Meta: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_meta_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/linkedin/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at LinkedIn
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_linkedin_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/linkedin/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which LinkedIn returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_linkedin_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/linkedin/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at LinkedIn, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_linkedin_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/linkedin/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at LinkedIn: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_linkedin_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/threads/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at Threads
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_threads_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/threads/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which Threads returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_threads_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/threads/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at Threads, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_threads_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/threads/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at Threads: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_threads_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/pinterest/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at Pinterest
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_pinterest_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/pinterest/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which Pinterest returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_pinterest_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/pinterest/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at Pinterest, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_pinterest_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/pinterest/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at Pinterest: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_pinterest_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/tiktok/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at TikTok
         * @description Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_tiktok_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/tiktok/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which TikTok returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_tiktok_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/tiktok/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at TikTok, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_tiktok_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/tiktok/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at TikTok: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_tiktok_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/mastodon/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect an account at an instance of Mastodon
         * @description `instance` is the server where the person signs in; Pulse registers its app there first, once. Open `authorization_url` in the browser that made this call: a cookie binds the two. The return works once within ten minutes, and leads to the dashboard with `provider`, `result` (`connected`, `choose`, `denied`, `error`), `reason` and the number of `accounts`. With one account and `project_id` its channel is made at once; else choose among the connections.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_mastodon_oauth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/mastodon/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The address to which Mastodon returns a browser
         * @description Needs no token.
         */
        get: operations["get_channels_mastodon_oauth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/mastodon/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at Mastodon, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_mastodon_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/mastodon/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at Mastodon: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_mastodon_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/bluesky/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect an account at Bluesky with its name and an app password
         * @description The password is sent to the account's server once, for a session, and never stored. With `project_id` the account's channel is made at once.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        post: operations["post_channels_bluesky_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/bluesky/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the connections at Bluesky, and the accounts that can become channels
         * @description To make a channel of one of `accounts`, give its id as `account_id` to POST /channels.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_bluesky_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/bluesky/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an account at Bluesky: its tokens are deleted, and its channels switched off
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_bluesky_connections_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My own connected accounts
         * @description Never a token or a cookie.
         *
         *     Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_integrations_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/auth-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect my own account
         * @description Open `authorization_url` in the browser that made this call. My likes and comments go out as this account; no channel can use it.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        get: operations["get_integrations_linkedin_auth_url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect my own account: its tokens are forgotten at once
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        delete: operations["delete_integrations_linkedin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The second address to which a browser may return
         * @description Needs no token.
         */
        get: operations["get_integrations_linkedin_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/meta/auth-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Begin to connect my own account
         * @description Open `authorization_url` in the browser that made this call. My likes and comments go out as this account; no channel can use it.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        get: operations["get_integrations_meta_auth_url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/meta": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect my own account: its tokens are forgotten at once
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        delete: operations["delete_integrations_meta"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/meta/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The second address to which a browser may return
         * @description Needs no token.
         */
        get: operations["get_integrations_meta_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/browser": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch acting through a browser on or off for myself
         * @description `/integrations/status` names the risk. Switching it off removes cookies and sign-ins at once.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        put: operations["put_integrations_linkedin_browser"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/session-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My session at LinkedIn in a browser, and my last sign-in
         * @description 403 with the reason where the operator (LINKEDIN_BROWSER) or I have not switched it on.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        get: operations["get_integrations_linkedin_session_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/session-cookies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand over the li_at cookie of my session
         * @description It is encrypted, never shown, and removed after 30 days.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_integrations_linkedin_session_cookies"];
        /**
         * Remove my cookies, and stop the sign-in that is under way
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        delete: operations["delete_integrations_linkedin_session_cookies"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/login-start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in at LinkedIn with a browser's help
         * @description A browser on the server opens LinkedIn's page and fills in these fields. The answer comes at once; `session-status` tells the progress. The password is sealed until the browser has it, and not kept. One sign-in at a time for each company, and five an hour for each member.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_integrations_linkedin_login_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/linkedin/login-verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the code that LinkedIn asks for
         * @description 404: I have no sign-in. 409: no code is needed now. 410: the sign-in is over.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_integrations_linkedin_login_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the posts
         * @description `group` joins several states: `trouble` is failed, published in part, or missed; `scheduled` includes posts that are going out now. `q` is searched in title and text, ignoring case. `sort` is `newest_first`, by when they were written, or by `scheduled_at`: `soonest_first`, `latest_first`. Posts without a time come last then, the newest first. A cursor goes on in its own `sort` and is refused with another. `lateness_ms` is the time from due to the first byte at the platform, for what was published, of a thread its first part; of several channels the largest.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts"];
        put?: never;
        /**
         * Write a post
         * @description A draft, or with `scheduled_at` a scheduled post. It goes to the channels named, or to all active ones of its project. `image` is an https address that the platforms can fetch; channels that take no image get the text alone. Or `media` of the project's library, made smaller where a platform needs it; in the answer `image` is the first picture of them. `lateness` says what happens when it cannot start in time; the project's when it is left out. What is scheduled is judged by the project's guardrails where they bind people, as by POST /posts/{id}/schedule.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_posts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the posts by state
         * @description Of the newest 10,000 posts; `is_complete` says whether those are all.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a post with its deliveries
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts_by_id"];
        put?: never;
        post?: never;
        /**
         * Delete a post
         * @description 204: removes it from every list, cancels waiting deliveries, and withdraws it from the website channel and its feeds: its page answers 410. Published posts at other platforms stay there. With `everywhere=true`, for members who may publish, it is first deleted at the platforms that support deletion: 202 with the request for each channel. Once all are done the post is deleted here, too. If one fails the post stays, with the reason (GET /posts/{id}/publications). 409 while it is going out, or while it may be live somewhere and a person must say whether it is.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        delete: operations["delete_posts_by_id"];
        options?: never;
        head?: never;
        /**
         * Edit a post
         * @description Only until a part of it has begun to go out. Omitted fields keep their values; null removes the image or returns to the project's lateness. New words of a scheduled post are judged by the project's guardrails where they bind people: 409, which `override_reason` overrides.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        patch: operations["patch_posts_by_id"];
        trace?: never;
    };
    "/posts/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the timeline of a post
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts_by_id_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Schedule a post, or move it
         * @description Sets the time of every delivery that waits, for its first or its next attempt; what may be live already or is half done keeps its own. 409 when guardrails that bind people hold it: `takes_other_time` accepts the time that they name (also in the header `pulse-other-time`), `override_reason` overrides them and is recorded. `preflight` has the known obstacles.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_posts_by_id_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/publish-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a post now
         * @description Makes every delivery that waits, for its first or its next attempt, due at once, and answers; what may be live already or is half done keeps its time. The timeline shows the outcome of it.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_posts_by_id_publish_now"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the failed deliveries of a post once more
         * @description They are due now, with all attempts of their retry policies. Missing first comments are sent again, too. 409 when there is neither, or their channels were removed.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_posts_by_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel the deliveries that have not gone out
         * @description A delivery that the answer reports as cancelled never goes out. `not_cancelled` lists those that were too far along; if all were, the answer is 409.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_posts_by_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A post's publications, and the actions that each platform allows
         * @description For each channel: whether its platform lets Pulse delete or edit the post, whether its first comment is missing, and the last request with its outcome. `is_out` with `cancelled` or `failed` means that the first parts of a thread are published.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts_by_id_publications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the words of a published post at its platform
         * @description The post in Pulse keeps its words. 409 where the platform lets no program edit posts, where nothing is published, or while another change is under way.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_deliveries_by_id_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the providers, with the company's own apps at them
         * @description Without an own app, accounts are connected through the installation's app.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        get: operations["get_provider_apps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/provider-apps/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Connect accounts at a provider through the company's own app
         * @description The secret is encrypted and never shown again. Accounts connected from now on use this app, and also when their tokens are renewed. Accounts connected already stay with the app that they were connected with until they are connected again. The redirect URI and the scopes are the installation's: the app must allow them.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        put: operations["put_provider_apps_by_provider"];
        post?: never;
        /**
         * Connect accounts through the installation's app again
         * @description 409 while accounts use it.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        delete: operations["delete_provider_apps_by_provider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the reactions to a post
         * @description Likes, comments, shares and views of each channel where the platform reports them, now and over time; null for figures that it does not report. Fetched ten minutes after the post went out, then less and less often for 30 days; `stopped_because` says why fetching has ended.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts_by_id_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the reactions to a project's posts
         * @description By channel, and for the ten posts with the most reactions among those published in `range`: 7d, 30d or 90d of the project's calendar, today included (default: 30d).
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_analytics_reactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a text against its platforms
         * @description Stores nothing. `length` is the platform's own count: X weighs characters and shortens links, others count code points. Texts may be empty, and four times as long as a post may be. With `project_id` and `channel_ids` each channel has the findings that POST /posts/{id}/preflight would have for the post, and the `media` that its platform refuses.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_posts_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a post against its platforms before it goes out
         * @description Changes nothing. Checks each channel that still waits for the post: text, media, switched off or paused, an account that must be connected again, and a budget that will be used up.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_posts_by_id_preflight"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries, newest first
         * @description `needs_decision=true` lists those that wait for a person: unconfirmed ones, and late ones that ask for a decision. `state=failed` lists those that can be retried.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a delivery
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_deliveries_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a failed delivery once more
         * @description It is due now, with all attempts of its retry policy, and its lateness no longer counts. A thread continues after its published parts. For a published post whose first comment is missing (`is_comment_missing`) only the comment is sent, once: GET /posts/{id}/publications shows its outcome. 409 in any other case.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_deliveries_by_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide about a delivery that waits for a person
         * @description Unconfirmed: `is_live` with its `external_url`, `send_again` if it is missing, or `drop`. Late and asked about: `send` or `skip`. 409 names the state and what is possible when the decision does not fit it.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_deliveries_by_id_resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deliveries/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries that ended since a time, newest first
         * @description At most seven days back. `lateness_ms` is the time from due to the first byte at the platform, for published ones. Deliveries that waited for more than a day are left out: see their posts.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_deliveries_outcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a channel
         * @description After the answer nothing more starts; `under_way` lists deliveries that had begun. Pausing again changes nothing.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_channels_by_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a channel
         * @description Posts that became late meanwhile follow their lateness policy. Resuming what is not paused changes nothing.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_channels_by_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a project
         * @description After the answer nothing more starts; `under_way` lists deliveries that had begun. Pausing again changes nothing.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_projects_by_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a project
         * @description Posts that became late meanwhile follow their lateness policy. Resuming what is not paused changes nothing.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_projects_by_id_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the company that I am in
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_company"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the whole company
         * @description After the answer nothing more starts; `under_way` lists deliveries that had begun. Pausing again changes nothing.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        post: operations["post_company_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/company/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume the whole company
         * @description Posts that became late meanwhile follow their lateness policy. Resuming what is not paused changes nothing.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        post: operations["post_company_resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retry-policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the retry policies, one a channel type
         * @description A delivery that failed for a passing reason is retried after `retry_delay_seconds`, times the number of failures (linear) or doubled with each (exponential), spread by a fifth, at most six hours, until `max_attempts` have failed. A time that the platform names is obeyed.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_retry_policies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/retry-policies/{channel_type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the company's retry policy for a channel type
         * @description Owners and admins. It applies to later failures.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        put: operations["put_retry_policies_by_channel_type"];
        post?: never;
        /**
         * Go back to the default retry policy
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        delete: operations["delete_retry_policies_by_channel_type"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the webhook of a website channel
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        get: operations["get_channels_by_id_webhook"];
        /**
         * Send a website channel's posts to a site of your own
         * @description Each post that the channel publishes, corrects or withdraws is sent there in a signed POST (Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`). A message is tried ten times over three days and keeps its `webhook-id`. Only this answer has the secret; setting the address again makes a new one.
         *
         *     Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        put: operations["put_channels_by_id_webhook"];
        post?: never;
        /**
         * Remove the webhook of a website channel
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        delete: operations["delete_channels_by_id_webhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/webhook/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message to the webhook
         * @description Needs the permission `manage_channels`: owner, admin, team_leader.
         */
        post: operations["post_channels_by_id_webhook_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rate-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the budgets of posts by platform and scope
         * @description `budget` is the one in force, and `source` says who set it: the platform's documentation, the installation's operator, or the company where it is stricter. `account` counts the posts of one account, `tenant` those of the company on the platform, `app` those of everybody through this installation's app.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_rate_limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/rate-limits/{platform}/{scope}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the company's own budget, stricter than the one that bounds it
         * @description Owners and admins. At most `posts` start within any `window_seconds`, and at most `burst` of them at once (default: half).
         *
         *     Needs the permission `operate`: owner, admin.
         */
        put: operations["put_rate_limits_by_platform_by_scope"];
        post?: never;
        /**
         * Go back to the budget of the installation or the platform
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        delete: operations["delete_rate_limits_by_platform_by_scope"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how much of its budget each channel has used
         * @description `used` counts the attempts of the channel's account that began within the last `window_seconds` and may have called the platform (or have published, where the platform counts posts); `planned` counts the deliveries that may start within the next. All channels of an account share one budget, in whichever project. While the budget is full, `free_at` says when the next slot is free.
         *
         *     Needs the permission `read_channels`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_channels_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain why a post went out when it did, or has not
         * @description For each delivery, in order: each decision with its rule, its figures and a sentence. Sentences use the project's time zone; fields are in UTC. `steps` is the past; `waits` lists what an unfinished delivery waits for now, the decisive one first, with the possible actions. `origin` is the content, the rule's run and the approvals that made the post. `kind` and `rule` keep their names and meanings; more may be added. `figures` has a subset of these: `attempt`, `lateness_ms`, `publish_duration_ms`, `publish_latency_ms`, `external_post_id`, `external_url`, `outcome`, `scheduled_at`, `budget`, `scope`, `posts`, `window_seconds`, `asked_at`, `since`, `until`, `retry_at`, `look_at`, `part`, `parts`, `parts_out`, `next_part_at`, `obeyed`, `failures`, `interruptions`, `max_attempts`, `backoff_strategy`, `retry_delay_seconds`, `reconciliation`, `lateness_policy`, `lateness_after_seconds`, `ahead`, `waiting`, `decision`.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_posts_by_id_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Simulate what would go out when
         * @description Plays the schedule from now on, with the engine's own decisions on virtual time, and writes nothing. Says for each delivery of the project that is due from `from` to `to` what would happen to it, and why. Deliveries of other projects on the same accounts and budgets are played too, as `load`. It assumes that each call to a platform lasts `assume.call_ms` (default: 300) and that `assume.failure_rate` of them (default: 0) fail for a passing reason, drawn from `assume.seed`. The project's rules are played with them (`runs`): their moments, what is planned to go out, their texts, times and guardrails, step by step as in a run's trace; the posts that they would make are among the deliveries, with `rule_id`. `moves` asks what would become of it all with posts of the project at other times: each post once, at most 1,000; what has begun to go out stays where it is, and rules see the posts where they are now. It assumes that nobody decides about anything, that feeds have no news, and that an AI answers. It ignores other companies' posts through this installation's app. `show: trouble` leaves out what goes out on time; `limit` bounds the entries (default: 1,000), `left_out` counts the rest.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_projects_by_id_simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/website/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the publications of the website channels, newest first
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_website_publications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/website/publications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a publication of a website channel
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_website_publications_by_id"];
        put?: never;
        post?: never;
        /**
         * Withdraw a publication from the website
         * @description It leaves the feeds at once, and its page answers 410 from then on. Deleting the post does the same.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        delete: operations["delete_website_publications_by_id"];
        options?: never;
        head?: never;
        /**
         * Correct a publication of a website channel
         * @description Changes the website and its feeds, which then show when it was updated. The post keeps its words. The post's timeline records who corrected it.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        patch: operations["patch_website_publications_by_id"];
        trace?: never;
    };
    "/site/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public page of a project's website channel
         * @description At most 50 publications a page, fewer when they are long. `Link: rel="next"` (also in the document itself) leads to older ones. Readable from pages of every origin. 410 when the website channel was removed.
         *
         *     Needs no token.
         */
        get: operations["get_site_by_project_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/site/{project_id}/feed.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The publications of a project's website channel as JSON Feed 1.1
         * @description At most 50 publications a page, fewer when they are long. `Link: rel="next"` (also in the document itself) leads to older ones. Readable from pages of every origin. 410 when the website channel was removed.
         *
         *     Needs no token.
         */
        get: operations["get_site_by_project_id_feed_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/site/{project_id}/feed.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The publications of a project's website channel as Atom, in pages (RFC 5005)
         * @description At most 50 publications a page, fewer when they are long. `Link: rel="next"` (also in the document itself) leads to older ones. Readable from pages of every origin. 410 when the website channel was removed.
         *
         *     Needs no token.
         */
        get: operations["get_site_by_project_id_feed_xml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/site/{project_id}/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One publication as a page; `id` is the publication's or its post's
         * @description 410 when it was withdrawn, or its website channel removed.
         *
         *     Needs no token.
         */
        get: operations["get_site_by_project_id_posts_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a project's pictures and films, newest first
         * @description `q` is searched in names and descriptions, ignoring case. `uses` counts the posts that show it. `url` and `preview_url` need no token and expire at `urls_expire_at`: read the medium again then.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_media"];
        put?: never;
        /**
         * Add a picture or film
         * @description The body is the file itself: JPEG, PNG, GIF and WebP pictures, and MP4, QuickTime and WebM films. The type is detected, whatever Content-Type says. `Tus-Resumable: 1.0.0` begins a tus upload in parts instead (tus.io), which continues at `Location`: `Upload-Metadata` may hold `filename`, `project_id` and `alt_text`. The medium has the upload's id.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_media"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The progress of an upload (tus)
         * @description `Upload-Offset` says where the next part begins.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        get: operations["get_media_uploads_by_id"];
        put?: never;
        post?: never;
        /**
         * End an upload (tus)
         * @description Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        delete: operations["delete_media_uploads_by_id"];
        options?: never;
        head?: never;
        /**
         * Send a part of an upload (tus)
         * @description The last part is answered after the file was examined: 422 says why it is refused.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        patch: operations["patch_media_uploads_by_id"];
        trace?: never;
    };
    "/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a picture or film
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_media_by_id"];
        put?: never;
        post?: never;
        /**
         * Remove a picture or film
         * @description 409 while a post shows it.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        delete: operations["delete_media_by_id"];
        options?: never;
        head?: never;
        /**
         * Name or describe a picture or film
         * @description Omitted fields keep their values. Posts keep their own description.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        patch: operations["patch_media_by_id"];
        trace?: never;
    };
    "/media/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the posts that show a picture or film
         * @description The newest hundred.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_media_by_id_uses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/files/{token}/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bytes of a picture or film, by a signed address that expires
         * @description The address is `url` or `preview_url` of a medium. Byte ranges are supported.
         *
         *     Needs no token.
         */
        get: operations["get_media_files_by_token_by_name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/space": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how much room the company's pictures and films take, and how much they may take
         * @description Needs the permission `operate`: owner, admin.
         */
        get: operations["get_media_space"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/media-storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show where this installation keeps pictures and films
         * @description As the settings MEDIA_FOLDER and MEDIA_S3_BUCKET say. No key is shown, and none can be set here: the operator's environment has them.
         *
         *     Needs the permission `administer_platform`: .
         */
        get: operations["get_admin_media_storage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/media-storage/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether pictures and films can be kept there
         * @description Lists, writes and removes in the bucket, and writes and removes on this server's disk. What is wrong is told in a sentence with the settings' names, as by `pulse doctor`.
         *
         *     Needs the permission `administer_platform`: .
         */
        post: operations["post_admin_media_storage_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/activity/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for the live stream
         * @description It opens one stream within 30 seconds: `GET /activity/live?ticket=…`. For sessions; a script's token polls.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_activity_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/activity/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the live stream
         * @description As a WebSocket, or with `Accept: text/event-stream` as server-sent events. Messages: `hello` (server_time, cursor, resumed), `events` (a list of {cursor, event}; as server-sent events one `event` each, with the cursor as its id), `reload` (reason: reload everything, and continue from cursor), `ping` (server_time, every 15 s). With `cursor`, or Last-Event-ID, everything missed since then comes first, once and in order. `project_id`, repeatable, leaves out other projects; a WebSocket changes that with {"type": "subscribe", "project_ids": […]}. It ends within a second of signing out (4401). A member who may see only some projects or channels gets their events alone; when the access changes, it sends `reload` and ends: connect again then.
         *
         *     Needs no token.
         */
        get: operations["get_activity_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/activity/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Poll the live stream
         * @description The events since `cursor`, in order, each once; without a cursor only the present one. Ask again with the new cursor, at once while `has_more`. `reload`: too much was missed.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_activity_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/activity-stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the latest events, newest first
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_analytics_activity_stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a project's calendar
         * @description What is planned from `from` to before `to` (400 days at most), in order; posts in every state. Each entry has a kind. Kinds may be added: leave out those that you do not know. `can_move` says whether its time may be changed (POST /posts/{id}/schedule). `clock_changes` are the moments at which the project's clocks are put forward or back. `content` has a wanted time but no post yet. Campaigns and blackouts come with the moments at which their days begin and end in the project's zone; an open end is null. `coming_runs` are the times at which its rules will run, at most 200 for each rule.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the calendar feeds that are not revoked, newest first
         * @description Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_calendar_feeds"];
        put?: never;
        /**
         * Make a calendar feed
         * @description A secret address at which calendar programs read the project's calendar without signing in. It is shown only once, and works until it is revoked or its maker is no longer active.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_calendar_feeds"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/feeds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a calendar feed
         * @description Its address answers 404 from then on.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        delete: operations["delete_calendar_feeds_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar/ics/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a calendar feed
         * @description iCalendar (RFC 5545): what is planned from 90 days ago to a year ahead. `file` is the secret, then .ics.
         *
         *     Needs no token.
         */
        get: operations["get_calendar_ics_by_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the campaigns, newest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_campaigns"];
        put?: never;
        /**
         * Make a campaign
         * @description A draft. Days are those of the project's zone, both included. The `utm` fields are added to the links of its posts; a link that has such a field keeps its own value.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        post: operations["post_campaigns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a campaign
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_campaigns_by_id"];
        put?: never;
        post?: never;
        /**
         * Delete a campaign
         * @description Its content stays. 409 while it is active, or while posts of it have not gone out yet.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        delete: operations["delete_campaigns_by_id"];
        options?: never;
        head?: never;
        /**
         * Change a campaign
         * @description Omitted fields keep their values. If-Match refuses a change of an outdated version. A completed campaign can no longer change.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        patch: operations["patch_campaigns_by_id"];
        trace?: never;
    };
    "/campaigns/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start or resume a campaign
         * @description Its rules run from now on.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        post: operations["post_campaigns_by_id_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a campaign
         * @description After the answer none of its rules starts a run. Scheduled posts stay scheduled.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        post: operations["post_campaigns_by_id_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a campaign
         * @description For good: its rules stop, and it can no longer change.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        post: operations["post_campaigns_by_id_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/campaigns/{id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a campaign's content and posts stand
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_campaigns_by_id_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the templates, newest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_templates"];
        put?: never;
        /**
         * Make a template
         * @description `{{ name }}` stands for a variable, with the filters `default`, `upper`, `lower`, `date` and `truncate`: `{{ now | date: "%d %B" }}`. Variables are declared in `variables`; Pulse itself fills in `now`, `project.name`, `campaign.name`, `campaign.goal`, `event.title`, `event.url`, `feed.title`, `feed.url` and `feed.summary`.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        post: operations["post_templates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a template
         * @description The latest version, or the one that `version` names.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_templates_by_id"];
        put?: never;
        post?: never;
        /**
         * Delete a template
         * @description Content made from it stays.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        delete: operations["delete_templates_by_id"];
        options?: never;
        head?: never;
        /**
         * Change a template
         * @description Omitted fields keep their values. Other words make a new version; content made from earlier versions keeps them. If-Match refuses a change of an outdated version.
         *
         *     Needs the permission `manage_campaigns`: owner, admin, team_leader, member.
         */
        patch: operations["patch_templates_by_id"];
        trace?: never;
    };
    "/templates/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of a template, latest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_templates_by_id_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a template, by platform
         * @description Stores nothing. Given words replace the template's, and `values` replace its defaults. `length` is in each platform's own count.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_templates_by_id_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/templates/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a template that is not saved yet, by platform
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_templates_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the content, newest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content"];
        put?: never;
        /**
         * Write content
         * @description A draft. With `template_id` the words that are not given are filled in from the template.
         *
         *     Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the content by state
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read content
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content_by_id"];
        put?: never;
        post?: never;
        /**
         * Delete content
         * @description 409 while its post has not gone out.
         *
         *     Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        delete: operations["delete_content_by_id"];
        options?: never;
        head?: never;
        /**
         * Change content
         * @description Omitted fields keep their values. Other words make a new version: approved or rejected content becomes a draft again, and approval of pending content begins anew. 409 once it has a post.
         *
         *     Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        patch: operations["patch_content_by_id"];
        trace?: never;
    };
    "/content/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of content, latest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content_by_id_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill in the template of content again
         * @description From the template's latest version. The words get a new version.
         *
         *     Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_regenerate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand content in
         * @description Names the version that was read. Where the policy asks for no approval, it is approved at once; otherwise it waits for the approvers that the policy names.
         *
         *     Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve content
         * @description Names the version that was read; 409 when it has changed since. Approved once all approvers that the policy names have approved this version.
         *
         *     Needs the permission `decide_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject content, with a reason
         * @description Needs the permission `decide_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The progress of content's approval, and the decisions so far
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content_by_id_approval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The comments on content, oldest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content_by_id_comments"];
        put?: never;
        /**
         * Comment on content
         * @description Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_comments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/comments/{comment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a comment of mine
         * @description Needs the permission `write_content`: owner, admin, team_leader, member.
         */
        delete: operations["delete_content_by_id_comments_by_comment_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Schedule content
         * @description Makes a post of it, once: a repeated call answers with the same post (`post_id`). Move that post with POST /posts/{id}/schedule. 409 while it waits for approval, when it has changed since `version`, or when guardrails that bind people hold it: `takes_other_time` accepts the time that they name (also in the header `pulse-other-time`), `override_reason` overrides them and is recorded.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/publish-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish content now
         * @description As schedule, for now.
         *
         *     Needs the permission `publish_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_publish_now"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether content could be scheduled for a time
         * @description Makes no post. Has the guardrails' verdicts and their other time.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_content_by_id_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/review-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The review links of content, newest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_content_by_id_review_links"];
        put?: never;
        /**
         * Make a review link
         * @description A secret address at which somebody without an account reads this item and comments on it. With `may_decide` they also approve or reject it where the project's policy allows that. It is shown only once, and ends when it expires, is revoked, or its maker is no longer active.
         *
         *     Needs the permission `decide_content`: owner, admin, team_leader, member.
         */
        post: operations["post_content_by_id_review_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/content/{id}/review-links/{link_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a review link
         * @description Its address answers 404 from then on.
         *
         *     Needs the permission `decide_content`: owner, admin, team_leader, member.
         */
        delete: operations["delete_content_by_id_review_links_by_link_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/review/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what a link for review shows
         * @description One item and its comments. 404 also when the link is revoked or has expired.
         *
         *     Needs no token.
         */
        get: operations["get_review_by_secret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/review/{secret}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Comment by a link
         * @description Needs no token.
         */
        post: operations["post_review_by_secret_comments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/review/{secret}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve by a link
         * @description Needs no token.
         */
        post: operations["post_review_by_secret_approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/review/{secret}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject by a link
         * @description Needs no token.
         */
        post: operations["post_review_by_secret_reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/guardrails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The guardrails of a project, and who must approve
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_projects_by_id_guardrails"];
        /**
         * Set the guardrails of a project, and who must approve
         * @description `guardrails` and `approval` are each replaced as a whole; one that is left out stays. Guardrails bind rules; with `binds_people` also what people schedule, move or change. Without `steps` nothing needs approval; the steps are taken in order. Quiet hours are given in minutes since midnight, in the project's zone.
         *
         *     Needs the permission `manage_guardrails`: owner, admin, team_leader.
         */
        put: operations["put_projects_by_id_guardrails"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/guardrails/held": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the guardrails of a project held back
         * @description Within the last `days` (default: 7): counts by guardrail and the latest cases. `ended` tells each outcome: `held`, `moved` to another time, `asked` for approval, or `overridden` with `reason`. Repeated requests for the same minute are counted once. Cases are kept as long as runs of rules (AUTOMATION_RUNS_DAYS).
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_projects_by_id_guardrails_held"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}/guardrails/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a text and a time against the guardrails
         * @description Stores nothing.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_projects_by_id_guardrails_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List automation rules, newest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_rules"];
        put?: never;
        /**
         * Make an automation rule
         * @description `trigger.kind` says what sets it off, and which other members the trigger has: `interval` (every_minutes, from), `cron` (five fields) and `rrule` (RFC 5545, starts_at) on the project's wall clock, `event`, or `feed` (feed_url, every_minutes). All given conditions must hold. `action.kind` is `make_content` (template_id, source, values, channel_ids, release, needs_approval) or `notify` (member_ids, message). `missed` says what happens with runs missed while Pulse was down. A schedule without any run is refused, and so are rules that would set each other off for ever.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview the next runs of a schedule
         * @description Empty for rules that wait for events. Nothing is stored.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        post: operations["post_automation_rules_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an automation rule
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_rules_by_id"];
        put?: never;
        post?: never;
        /**
         * Remove an automation rule
         * @description Its content and posts stay; runs that have not begun do nothing.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        delete: operations["delete_automation_rules_by_id"];
        options?: never;
        head?: never;
        /**
         * Change an automation rule
         * @description Each change makes a new version; a run uses the version that was current when it was made. Give the `version` that you read: a change since then is answered 409.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        patch: operations["patch_automation_rules_by_id"];
        trace?: never;
    };
    "/automation/rules/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of a rule, newest first
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_rules_by_id_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch a rule on
         * @description Its schedule and events count from now on.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_rules_by_id_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch a rule off
         * @description After the answer no run of it begins.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_rules_by_id_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules/{id}/run-now": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a rule now
         * @description Also when it is off. Its conditions and guardrails hold; a campaign that is not active blocks the run.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_rules_by_id_run_now"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/rules/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a rule out
         * @description Everything that a run would decide now, by the same code. Nothing is kept, and nobody is notified. The AI provider is not asked.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_rules_by_id_dry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs of rules, newest first
         * @description `post_id`: only the run that made this post.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a run
         * @description Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_runs_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a run decided, step by step
         * @description Each step has the rule that led to it, its figures, and a sentence.
         *
         *     Needs the permission `read_campaigns`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_runs_by_id_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description Its content stays in the content studio, and is not published by itself.
         *
         *     Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_runs_by_id_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry a run that failed or was held back
         * @description Needs the permission `manage_rules`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_runs_by_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/publishing-summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was published, in figures and a sentence
         * @description `range` is 7d, 30d or 90d of the project's calendar, today included (default: 30d). Up to 45 seconds old, and counted up to `counted_until`. Lateness is from the due time to the first byte at the platform, latency from the due time to the outcome; a percentile may be up to 9 % too high.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_analytics_publishing_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/publishing-timeseries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what was published, by day
         * @description `range` is 7d, 30d or 90d of the project's calendar, today included (default: 30d). Days are as long as the project's time zone makes them. Up to 45 seconds old.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_analytics_publishing_timeseries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/analytics/publishing-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export every outcome as CSV
         * @description RFC 4180, oldest first, sent as it is read. `range` is 7d, 30d or 90d of the project's calendar, today included (default: 30d). Text that a spreadsheet would run as a formula begins with an apostrophe.
         *
         *     Needs the permission `read_posts`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_analytics_publishing_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ai/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the company may spend on AI this month
         * @description Owners and admins. `used` is settled; `reserved` is for requests that have no answer yet, and counts.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        get: operations["get_ai_budget"];
        /**
         * Set the company's own monthly AI budget, stricter than the installation's
         * @description Owners and admins. The installation's limit holds for fields null or left out.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        put: operations["put_ai_budget"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ai/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What AI requests have used, by month, purpose and model
         * @description The last twelve months (UTC), newest first. Money is in micro dollars.
         *
         *     Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_ai_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My settings for likes and comments in my name
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_settings"];
        /**
         * Change my settings
         * @description Omitted fields keep their values. With `confirm` at `each` nothing goes out unless I have confirmed it.
         *
         *     Needs the permission `manage_self`: owner, admin, team_leader, member, analyst.
         */
        put: operations["put_automation_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/avoid-phrases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The phrases that my company avoids
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_avoid_phrases"];
        put?: never;
        /**
         * Add a phrase to avoid
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        post: operations["post_automation_avoid_phrases"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/avoid-phrases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a phrase to avoid
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        delete: operations["delete_automation_avoid_phrases_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/generate-comment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a comment in my voice
         * @description One model writes it from the post, my profile and my tone; a second one reviews it and may correct or refuse it. Nothing is stored or sent. `no_comment` means that no text could be used.
         *
         *     Needs the permission `write_posts`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_generate_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pages that are tracked, newest first
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_tracked_pages"];
        put?: never;
        /**
         * Track a company's page
         * @description A company's page at LinkedIn in any spelling, or the feed of its own site (RSS, Atom, JSON Feed). LinkedIn shows a page's posts only to its administrators, and Pulse never scrapes. Posts of other pages come from `feed_url`, by POST /tracked-pages/{id}/posts or from the WhatsApp sidecar.
         *
         *     Needs the permission `track_pages`: owner, admin, team_leader, member.
         */
        post: operations["post_tracked_pages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-pages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a tracked page
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_tracked_pages_by_id"];
        put?: never;
        post?: never;
        /**
         * Stop tracking a page; acts that wait under its posts are skipped
         * @description Needs the permission `track_pages`: owner, admin, team_leader, member.
         */
        delete: operations["delete_tracked_pages_by_id"];
        options?: never;
        head?: never;
        /**
         * Change a tracked page: its name, and how its posts are spread
         * @description Existing plans stay.
         *
         *     Needs the permission `track_pages`: owner, admin, team_leader, member.
         */
        patch: operations["patch_tracked_pages_by_id"];
        trace?: never;
    };
    "/tracked-pages/{id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the posts found on a page, newest first
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_tracked_pages_by_id_posts"];
        put?: never;
        /**
         * Add a post of a page by its address
         * @description A post that is known already answers 200.
         *
         *     Needs the permission `track_pages`: owner, admin, team_leader, member.
         */
        post: operations["post_tracked_pages_by_id_posts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-pages/{id}/poll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look for new posts of a page now
         * @description Needs the permission `track_pages`: owner, admin, team_leader, member.
         */
        post: operations["post_tracked_pages_by_id_poll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-pages/{id}/poll-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the state of polling a page
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_tracked_pages_by_id_poll_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-pages/{id}/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How I follow a tracked page
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        get: operations["get_tracked_pages_by_id_subscribe"];
        /**
         * Change how I follow a tracked page
         * @description Omitted fields and existing plans stay.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        put: operations["put_tracked_pages_by_id_subscribe"];
        /**
         * Follow a tracked page: like or comment on its posts
         * @description Members decide for themselves only. Without a body: likes, each confirmed first. `automatic` holds while /automation/settings says `automatic`, too, and is revoked by PUT with `confirm`; a comment is automatic only once it has words.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_tracked_pages_by_id_subscribe"];
        /**
         * Unfollow a tracked page; my waiting acts there are skipped
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        delete: operations["delete_tracked_pages_by_id_subscribe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-pages/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Track many pages at once, from CSV or XLSX
         * @description At most 10,000 rows and 5 MiB. The heading names the columns (`url`, `name`); without one the first column is the address. Formulas are text. Every bad row is named with its number; with `on_bad_rows` they are left out, else nothing is stored. `preview` stores nothing.
         *
         *     Needs the permission `track_pages`: owner, admin, team_leader, member.
         */
        post: operations["post_tracked_pages_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List likes and comments, mine or the company's
         * @description The texts of others are shown once published. Members see each other's acts once they are under way. Owners, admins and team leaders also see planned ones.
         *
         *     Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_engagements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a like or comment
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_engagements_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain the state of a like or comment, and its next step
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_engagements_by_id_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a like or comment of mine
         * @description It goes out at its time. A comment without a text needs `text`. When its outcome is unknown and I saw that it is missing, it goes out again.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_engagements_by_id_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the words or the reaction of a like or comment of mine
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_engagements_by_id_edit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do not like or comment here
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_engagements_by_id_skip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/confirmation-links/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the act that a mailed link asks about
         * @description One like or comment. 404 also when the link has expired or its member is no longer active.
         *
         *     Needs no token.
         */
        get: operations["get_confirmation_links_by_secret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/confirmation-links/{secret}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the act by the link
         * @description Needs no token.
         */
        post: operations["post_confirmation_links_by_secret_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/confirmation-links/{secret}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip the act by the link
         * @description Needs no token.
         */
        post: operations["post_confirmation_links_by_secret_skip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The chats that notify me and my company of waiting acts
         * @description Needs the permission `read_account`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_automation_webhooks"];
        put?: never;
        /**
         * Notify me in a chat
         * @description Slack, Microsoft Teams or Discord, by the address of an incoming webhook. Messages hold links that act in my name: use a chat that only I read. The address is encrypted and never shown again.
         *
         *     Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_webhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stop notifying me in this chat
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        delete: operations["delete_automation_webhooks_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message to this chat
         * @description Needs the permission `engage`: owner, admin, team_leader, member.
         */
        post: operations["post_automation_webhooks_by_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/company-webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notify the company in a chat
         * @description Owners and admins. The messages say how many acts wait under which post. They hold no names, no texts and no links that act.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        post: operations["post_automation_company_webhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/company-webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Stop notifying the company in this chat
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        delete: operations["delete_automation_company_webhooks_by_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/automation/company-webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message to this chat
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        post: operations["post_automation_company_webhooks_by_id_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Likes and comments of the company's people: by member, team, page and week
         * @description Acts that were planned for the last `days` (30) or are planned for the next month.
         *
         *     Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_engagements_analytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/analytics/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures of engagement as CSV
         * @description Needs the permission `read_audit`: owner, admin, analyst.
         */
        get: operations["get_engagements_analytics_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/engagements/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The leaderboard of likes and comments, unless the company has switched it off
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_engagements_leaderboard"];
        /**
         * Switch the leaderboard on or off
         * @description Owners and admins.
         *
         *     Needs the permission `operate`: owner, admin.
         */
        put: operations["put_engagements_leaderboard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the posts found on all tracked pages, newest first
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_tracked_posts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracked-posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a post that was found
         * @description Needs the permission `read_engagement`: owner, admin, team_leader, member, analyst.
         */
        get: operations["get_tracked_posts_by_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/whatsapp-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a post's address from the WhatsApp sidecar
         * @description `X-Pulse-Timestamp` is the time in seconds since 1970, `X-Pulse-Signature` is `sha256=` and the HMAC-SHA256, in hexadecimal, of the time, a full stop and the body, with one of WHATSAPP_LINK_SECRETS. A call is valid once and for five minutes. Repeated addresses add no second post.
         *
         *     Needs no token.
         */
        post: operations["post_webhooks_whatsapp_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        index: {
            name: string;
            version: string;
            documentation: string;
            openapi: string;
        };
        liveness: {
            status: string;
        };
        /** @enum {string} */
        readiness_status: "ready" | "degraded" | "unavailable" | "stopping";
        readiness_check: {
            ok: boolean;
            latency_ms: number | null;
        };
        readiness_checks: {
            database: components["schemas"]["readiness_check"];
            redis: components["schemas"]["readiness_check"];
        };
        readiness: {
            status: components["schemas"]["readiness_status"];
            reason: string | null;
            checks: components["schemas"]["readiness_checks"];
        };
        company: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            paused_at: string | null;
            paused_by: string | null;
        };
        /** @enum {string} */
        role: "owner" | "admin" | "team_leader" | "member" | "analyst";
        member: {
            /** Format: uuid */
            id: string;
            email: string;
            full_name: string;
            role: components["schemas"]["role"];
            /** Format: date-time */
            created_at: string;
        };
        /** @enum {string} */
        subscription_status: "trial" | "active" | "past_due" | "cancelled";
        subscription: {
            plan: string;
            status: components["schemas"]["subscription_status"];
            /** Format: date-time */
            trial_ends_at: string | null;
        };
        signed_up: {
            access_token: string | null;
            refresh_token: string | null;
            token_type: string | null;
            /** Format: int64 */
            expires_in: number | null;
            company: components["schemas"]["company"];
            member: components["schemas"]["member"];
            subscription: components["schemas"]["subscription"];
            email_verified: boolean;
        };
        signed_in: {
            access_token: string;
            refresh_token: string | null;
            token_type: string;
            /** Format: int64 */
            expires_in: number;
            company: components["schemas"]["company"];
            member: components["schemas"]["member"];
            subscription: components["schemas"]["subscription"];
        };
        /** @enum {string} */
        permission: "public" | "read_account" | "manage_self" | "invite_members" | "manage_members" | "read_audit" | "administer_platform" | "read_projects" | "manage_projects" | "read_channels" | "manage_channels" | "read_posts" | "write_posts" | "publish_posts" | "operate" | "read_campaigns" | "manage_campaigns" | "write_content" | "decide_content" | "manage_rules" | "manage_guardrails" | "override_guardrails" | "read_engagement" | "track_pages" | "engage";
        account: {
            company: components["schemas"]["company"];
            member: components["schemas"]["member"];
            subscription: components["schemas"]["subscription"];
            permissions: components["schemas"]["permission"][];
            is_platform_admin: boolean;
            is_limited: boolean;
        };
        session: {
            /** Format: uuid */
            id: string;
            device: string;
            address: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string;
            /** Format: date-time */
            ends_at: string;
            is_current: boolean;
        };
        session_list: {
            items: components["schemas"]["session"][];
        };
        confirmed_until: {
            /** Format: date-time */
            good_until: string;
        };
        creation_options: {
            challenge: string;
            relying_party_id: string;
            user_handle: string;
            user_name: string;
            user_display_name: string;
            methods: number[];
            exclude: string[];
            /** Format: int64 */
            timeout_ms: number;
        };
        passkey: {
            /** Format: uuid */
            id: string;
            name: string;
            is_synced: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string | null;
            /** Format: date-time */
            refused_at: string | null;
        };
        passkey_list: {
            items: components["schemas"]["passkey"][];
        };
        request_options: {
            challenge: string;
            relying_party_id: string;
            /** Format: int64 */
            timeout_ms: number;
        };
        begun_second_factor: {
            secret: string;
            address: string;
        };
        recovery_codes: {
            recovery_codes: string[];
        };
        second_factor_state: {
            is_on: boolean;
            /** Format: date-time */
            confirmed_at: string | null;
            /** Format: int32 */
            recovery_codes_left: number;
            has_app: boolean;
            needs_mailed_code: boolean;
        };
        sign_in_methods: {
            password: boolean;
            linkedin: boolean;
            company_provider: boolean;
            passkey: boolean;
        };
        sign_in_start: {
            authorization_url: string;
        };
        /** @enum {string} */
        provider_kind: "linkedin" | "company";
        identity: {
            /** Format: uuid */
            id: string;
            provider: components["schemas"]["provider_kind"];
            issuer: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_used_at: string | null;
        };
        own_identities: {
            items: components["schemas"]["identity"][];
            has_password: boolean;
            linkedin: boolean;
            company_provider: boolean;
        };
        shown_provider: {
            sign_in_name: string;
            issuer: string;
            client_id: string;
            has_secret: boolean;
            is_enabled: boolean;
            redirect_uri: string;
            /** Format: date-time */
            updated_at: string | null;
        };
        sign_in_rules: {
            requires_second_factor: boolean;
            /** Format: int64 */
            members_without: number;
        };
        api_token: {
            /** Format: uuid */
            id: string;
            name: string;
            ends_with: string;
            scopes: components["schemas"]["permission"][];
            project_ids: string[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            last_used_at: string | null;
            last_used_address: string | null;
        };
        made_api_token: {
            token: string;
            details: components["schemas"]["api_token"];
        };
        api_token_list: {
            items: components["schemas"]["api_token"][];
        };
        profile: {
            /** Format: uuid */
            id: string;
            email: string;
            full_name: string;
            role: components["schemas"]["role"];
            /** Format: uuid */
            team_id: string | null;
            markdown: string;
            tone: string;
            /** Format: date-time */
            created_at: string;
        };
        connected_provider: {
            provider: string;
            needs_reconnect: boolean;
        };
        person: {
            /** Format: uuid */
            id: string;
            email: string;
            full_name: string;
            role: components["schemas"]["role"];
            /** Format: uuid */
            team_id: string | null;
            team_name: string | null;
            is_active: boolean;
            email_verified: boolean;
            is_erased: boolean;
            is_limited: boolean;
            /** Format: date-time */
            last_active_at: string | null;
            integrations: components["schemas"]["connected_provider"][];
            /** Format: date-time */
            created_at: string;
        };
        person_page: {
            items: components["schemas"]["person"][];
            next_cursor: string | null;
        };
        role_of_member: {
            /** Format: uuid */
            user_id: string;
            role: components["schemas"]["role"];
        };
        deleted_company: {
            /** Format: date-time */
            deleted_at: string;
            /** Format: int64 */
            withdrawn: number;
            /** Format: int64 */
            under_way: number;
        };
        grant: {
            /** Format: uuid */
            project_id: string;
            channel_ids: string[] | null;
        };
        access: {
            is_limited: boolean;
            grants: components["schemas"]["grant"][];
        };
        team: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: int64 */
            members: number;
            /** Format: date-time */
            created_at: string;
        };
        team_list: {
            items: components["schemas"]["team"][];
        };
        made_invite: {
            /** Format: uuid */
            id: string;
            email: string | null;
            role: components["schemas"]["role"];
            /** Format: uuid */
            team_id: string | null;
            /** Format: int32 */
            uses_max: number;
            /** Format: date-time */
            expires_at: string;
            code: string | null;
            url: string | null;
        };
        invite: {
            /** Format: uuid */
            id: string;
            email: string | null;
            role: components["schemas"]["role"];
            /** Format: uuid */
            team_id: string | null;
            /** Format: int32 */
            uses_max: number;
            /** Format: int32 */
            uses: number;
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            revoked_at: string | null;
        };
        invite_page: {
            items: components["schemas"]["invite"][];
            next_cursor: string | null;
        };
        valid_invite: {
            is_valid: boolean;
            company_name: string;
            email: string | null;
            role: components["schemas"]["role"];
            team_name: string | null;
            /** Format: date-time */
            expires_at: string;
        };
        imported_invite: {
            /** Format: int64 */
            row: number;
            email: string;
            role: components["schemas"]["role"];
            team_name: string | null;
            url: string | null;
        };
        /** @enum {string} */
        not_needed: "already_invited" | "already_member";
        skipped_row: {
            /** Format: int64 */
            row: number;
            email: string;
            because: components["schemas"]["not_needed"];
        };
        bad_row: {
            /** Format: int64 */
            row: number;
            detail: string;
        };
        invite_import_result: {
            /** Format: int64 */
            rows: number;
            is_stored: boolean;
            invites: components["schemas"]["imported_invite"][];
            skipped: components["schemas"]["skipped_row"][];
            errors: components["schemas"]["bad_row"][];
        };
        permitted_call: {
            method: string;
            path: string;
            summary: string;
        };
        described_permission: {
            name: components["schemas"]["permission"];
            roles: components["schemas"]["role"][];
            is_scope: boolean;
            is_of_projects: boolean;
            calls: components["schemas"]["permitted_call"][];
        };
        described_roles: {
            roles: components["schemas"]["role"][];
            permissions: components["schemas"]["described_permission"][];
        };
        organization: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            suspended_at: string | null;
            suspended_because: string;
            /** Format: date-time */
            deleted_at: string | null;
            plan: string;
            subscription_status: string;
            /** Format: int64 */
            members: number;
            /** Format: int64 */
            projects: number;
            /** Format: int64 */
            channels: number;
            /** Format: int64 */
            posts: number;
        };
        organization_page: {
            items: components["schemas"]["organization"][];
            next_cursor: string | null;
        };
        organization_person: {
            /** Format: uuid */
            id: string;
            email: string;
            full_name: string;
            role: components["schemas"]["role"];
            is_active: boolean;
            /** Format: date-time */
            created_at: string;
        };
        organization_details: {
            org: components["schemas"]["organization"];
            people: components["schemas"]["organization_person"][];
        };
        platform_stats: {
            /** Format: int64 */
            companies: number;
            /** Format: int64 */
            companies_suspended: number;
            /** Format: int64 */
            members: number;
            /** Format: int64 */
            members_active_lately: number;
            /** Format: int64 */
            projects: number;
            /** Format: int64 */
            channels: number;
            /** Format: int64 */
            posts: number;
            /** Format: int64 */
            mails_waiting: number;
            /** Format: int64 */
            mails_given_up: number;
        };
        /** @enum {string} */
        audit_outcome: "done" | "refused";
        /** @enum {string} */
        actor_kind: "member" | "token" | "platform_admin" | "nobody";
        audit_actor: {
            kind: components["schemas"]["actor_kind"];
            /** Format: uuid */
            id: string | null;
            name: string | null;
            /** Format: uuid */
            token_id: string | null;
        };
        audit_entry: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            place: number | null;
            /** Format: date-time */
            at: string;
            action: string;
            sentence: string;
            outcome: components["schemas"]["audit_outcome"];
            /** Format: int32 */
            status: number | null;
            code: string | null;
            actor: components["schemas"]["audit_actor"];
            /** Format: uuid */
            subject_id: string | null;
            request_id: string;
            details: {
                [key: string]: unknown;
            };
        };
        audit_entry_page: {
            items: components["schemas"]["audit_entry"][];
            next_cursor: string | null;
        };
        recent_activity: {
            items: components["schemas"]["audit_entry"][];
        };
        tally: {
            name: string;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            refused: number;
        };
        actor_tally: {
            /** Format: uuid */
            id: string | null;
            name: string | null;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            refused: number;
        };
        engagement_tally: {
            key: string;
            name: string;
            /** Format: int64 */
            planned: number;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            likes: number;
            /** Format: int64 */
            comments: number;
            /** Format: int64 */
            waiting: number;
            /** Format: int64 */
            skipped: number;
            /** Format: int64 */
            expired: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            posts: number;
            median_first_act_seconds: number | null;
        };
        engagement_figures: {
            /** Format: date-time */
            since: string;
            total: components["schemas"]["engagement_tally"];
            by_member: components["schemas"]["engagement_tally"][];
            by_team: components["schemas"]["engagement_tally"][];
            by_page: components["schemas"]["engagement_tally"][];
            by_week: components["schemas"]["engagement_tally"][];
        };
        audit_summary: {
            /** Format: date-time */
            since: string;
            /** Format: int64 */
            done: number;
            /** Format: int64 */
            refused: number;
            by_day: components["schemas"]["tally"][];
            by_action: components["schemas"]["tally"][];
            by_actor: components["schemas"]["actor_tally"][];
            engagement: components["schemas"]["engagement_figures"];
        };
        exported_head: {
            /** Format: uuid */
            company_id: string;
            /** Format: int64 */
            entries: number;
            hash: string;
            /** Format: date-time */
            sealed_at: string;
            public_key: string;
            signature: string;
        };
        verdict: {
            is_sound: boolean;
            problem: string;
            /** Format: int64 */
            place: number | null;
            /** Format: int64 */
            entries: number;
            /** Format: int64 */
            erased: number;
            /** Format: int64 */
            unsealed: number;
            /** Format: int64 */
            events: number;
            /** Format: int64 */
            events_unsealed: number;
            /** Format: int64 */
            restored: number;
            head: components["schemas"]["exported_head"] | null;
        };
        /** @enum {string} */
        lateness_action: "send" | "skip" | "ask";
        lateness: {
            policy: components["schemas"]["lateness_action"];
            /** Format: int32 */
            after_seconds: number;
        };
        project: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            time_zone: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            lateness: components["schemas"]["lateness"];
            /** Format: date-time */
            paused_at: string | null;
            paused_by: string | null;
        };
        project_page: {
            items: components["schemas"]["project"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        channel_type: "website" | "x" | "instagram" | "linkedin" | "facebook" | "threads" | "pinterest" | "tiktok" | "mastodon" | "bluesky";
        channel_account: {
            external_user_id: string;
            handle: string;
        };
        capabilities: {
            text: boolean;
            image: boolean;
            video: boolean;
            carousel: boolean;
            /** Format: int32 */
            max_length: number;
        };
        channel: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            type: components["schemas"]["channel_type"];
            name: string;
            account: components["schemas"]["channel_account"] | null;
            is_active: boolean;
            disabled_reason: string | null;
            /** Format: date-time */
            paused_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            capabilities_json: components["schemas"]["capabilities"];
        };
        channel_page: {
            items: components["schemas"]["channel"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        text_count: "code_points" | "utf16_units" | "emoji_bytes" | "weighted" | "graphemes" | "link_graphemes";
        text_rules: {
            /** Format: int32 */
            max_length: number;
            counted: components["schemas"]["text_count"];
            /** Format: int32 */
            max_bytes: number | null;
            /** Format: int32 */
            max_hashtags: number | null;
            /** Format: int32 */
            max_mentions: number | null;
            /** Format: int32 */
            max_links: number | null;
            /** Format: int32 */
            max_cashtags: number | null;
            /** Format: int32 */
            max_title_length: number | null;
            is_markdown: boolean;
        };
        picture_rules: {
            types: string[];
            /** Format: int64 */
            max_bytes: number;
            /** Format: int64 */
            max_animation_bytes: number | null;
            min_aspect: number | null;
            max_aspect: number | null;
            /** Format: int32 */
            min_width: number | null;
            /** Format: int32 */
            max_width: number | null;
            /** Format: int64 */
            max_pixels: number | null;
            /** Format: int32 */
            max_animation_width: number | null;
            /** Format: int32 */
            max_animation_height: number | null;
            /** Format: int32 */
            max_animation_pictures: number | null;
        };
        film_rules: {
            types: string[];
            /** Format: int64 */
            max_bytes: number;
            /** Format: int64 */
            min_bytes: number;
            min_seconds: number | null;
            max_seconds: number | null;
        };
        media_rules: {
            /** Format: int32 */
            min: number;
            /** Format: int32 */
            max_images: number;
            /** Format: int32 */
            max_videos: number;
            may_mix: boolean;
            /** Format: int32 */
            max_alt_text: number;
            picture: components["schemas"]["picture_rules"];
            film: components["schemas"]["film_rules"];
        };
        abilities: {
            can_list: boolean;
            can_edit: boolean;
            can_delete: boolean;
            can_measure: boolean;
        };
        /** @enum {string} */
        option_kind: "choice" | "text" | "web_address" | "yes_or_no";
        option_choice: {
            value: string;
            words: string;
        };
        post_option: {
            name: string;
            kind: components["schemas"]["option_kind"];
            label: string;
            hint: string;
            is_required: boolean;
            choices: components["schemas"]["option_choice"][];
            /** Format: int32 */
            max_length: number;
        };
        available_connector: {
            type: components["schemas"]["channel_type"];
            name: string;
            account_required: boolean;
            capabilities_json: components["schemas"]["capabilities"];
            text: components["schemas"]["text_rules"];
            media: components["schemas"]["media_rules"];
            can: components["schemas"]["abilities"];
            options: components["schemas"]["post_option"][];
            is_sandbox: boolean;
        };
        connector_catalogue: {
            items: components["schemas"]["available_connector"][];
        };
        oauth_start: {
            provider: string;
            authorization_url: string;
        };
        provider_login: {
            /** Format: uuid */
            id: string;
            platform: string;
            external_user_id: string;
            name: string;
            scope: string;
            /** Format: date-time */
            expires_at: string | null;
            needs_reconnect: boolean;
            problem: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        provider_account: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            social_account_id: string;
            platform: components["schemas"]["channel_type"];
            external_user_id: string;
            handle: string;
            name: string;
        };
        provider_connections: {
            logins: components["schemas"]["provider_login"][];
            accounts: components["schemas"]["provider_account"][];
        };
        /** @enum {string} */
        connect_result: "connected" | "choose";
        connected_account: {
            provider: string;
            result: components["schemas"]["connect_result"];
            /** Format: int32 */
            accounts: number;
        };
        integration: {
            provider: string;
            is_connected: boolean;
            name: string | null;
            /** Format: date-time */
            expires_at: string | null;
            needs_reconnect: boolean;
            problem: string | null;
        };
        /** @enum {string} */
        act_way: "api" | "browser";
        integration_status: {
            items: components["schemas"]["integration"][];
            is_browser_allowed: boolean;
            browser_reason: string;
            is_browser_wanted: boolean;
            browser_risks: string;
            engages_by: components["schemas"]["act_way"] | null;
        };
        browser_switch: {
            is_allowed: boolean;
        };
        /** @enum {string} */
        session_origin: "login" | "handed_over";
        /** @enum {string} */
        login_state: "starting" | "needs_code" | "checking" | "connected" | "failed";
        /** @enum {string} */
        login_failure: "wrong_password" | "code_too_late" | "too_many_codes" | "asks_person" | "left_site" | "timed_out" | "no_browser" | "unexpected" | "too_much_memory" | "withdrawn";
        browser_login: {
            /** Format: uuid */
            login_id: string;
            state: components["schemas"]["login_state"];
            reason: components["schemas"]["login_failure"] | null;
            sentence: string;
            was_code_wrong: boolean;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ends_at: string;
        };
        browser_session_status: {
            is_connected: boolean;
            origin: components["schemas"]["session_origin"] | null;
            /** Format: date-time */
            connected_at: string | null;
            /** Format: date-time */
            expires_at: string | null;
            problem: string | null;
            /** Format: date-time */
            ended_at: string | null;
            login: components["schemas"]["browser_login"] | null;
        };
        variant: {
            platform: components["schemas"]["channel_type"];
            text: string;
        };
        image: {
            url: string;
            alt_text: string;
        };
        /** @enum {string} */
        media_kind: "image" | "video";
        post_medium: {
            /** Format: uuid */
            media_id: string;
            kind: components["schemas"]["media_kind"];
            url: string;
            alt_text: string;
        };
        /** @enum {string} */
        post_state: "draft" | "scheduled" | "publishing" | "published" | "published_partial" | "failed" | "needs_attention" | "missed" | "cancelled";
        /** @enum {string} */
        delivery_state: "waiting" | "sending" | "published" | "failed" | "unknown" | "unconfirmed" | "cancelled" | "missed";
        delivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channel_id: string;
            channel_type: components["schemas"]["channel_type"];
            channel_name: string;
            state: components["schemas"]["delivery_state"];
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            not_before: string | null;
            /** Format: int32 */
            attempt: number;
            external_id: string | null;
            external_url: string | null;
            reason: string | null;
            /** Format: date-time */
            asked_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
        };
        post: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            author_id: string;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            media: components["schemas"]["post_medium"][];
            options: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            lateness: components["schemas"]["lateness"] | null;
            status: components["schemas"]["post_state"];
            /** Format: date-time */
            scheduled_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            lateness_ms: number | null;
            deliveries: components["schemas"]["delivery"][];
        };
        post_page: {
            items: components["schemas"]["post"][];
            next_cursor: string | null;
        };
        post_counts: {
            /** Format: int64 */
            draft: number;
            /** Format: int64 */
            scheduled: number;
            /** Format: int64 */
            publishing: number;
            /** Format: int64 */
            published: number;
            /** Format: int64 */
            published_partial: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            needs_attention: number;
            /** Format: int64 */
            missed: number;
            /** Format: int64 */
            cancelled: number;
            is_complete: boolean;
        };
        timeline_entry: {
            /** Format: int64 */
            id: number | null;
            /** Format: date-time */
            at: string;
            type: string;
            message: string;
            /** Format: uuid */
            delivery_id: string | null;
            /** Format: uuid */
            channel_id: string | null;
            metadata_json: {
                [key: string]: unknown;
            };
        };
        timeline_entry_page: {
            items: components["schemas"]["timeline_entry"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        finding_kind: "text" | "title" | "media" | "option" | "channel" | "account" | "paused" | "quota";
        preflight_finding: {
            kind: components["schemas"]["finding_kind"];
            is_blocking: boolean;
            sentence: string;
        };
        channel_preflight: {
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            channel_id: string;
            platform: components["schemas"]["channel_type"];
            channel_name: string;
            findings: components["schemas"]["preflight_finding"][];
        };
        post_preflight: {
            is_good: boolean;
            channels: components["schemas"]["channel_preflight"][];
        };
        scheduled_post: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            author_id: string;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            media: components["schemas"]["post_medium"][];
            options: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            lateness: components["schemas"]["lateness"] | null;
            status: components["schemas"]["post_state"];
            /** Format: date-time */
            scheduled_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            lateness_ms: number | null;
            deliveries: components["schemas"]["delivery"][];
            preflight: components["schemas"]["post_preflight"];
        };
        uncancelled_delivery: {
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            channel_id: string;
            channel_name: string;
            state: components["schemas"]["delivery_state"];
        };
        cancelled_post: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            author_id: string;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            media: components["schemas"]["post_medium"][];
            options: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            lateness: components["schemas"]["lateness"] | null;
            status: components["schemas"]["post_state"];
            /** Format: date-time */
            scheduled_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            lateness_ms: number | null;
            deliveries: components["schemas"]["delivery"][];
            not_cancelled: components["schemas"]["uncancelled_delivery"][];
        };
        /** @enum {string} */
        publication_change_kind: "remove" | "edit" | "comment";
        /** @enum {string} */
        publication_change_state: "waiting" | "sending" | "done" | "failed";
        published_item: {
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            channel_id: string;
            channel_name: string;
            channel_type: components["schemas"]["channel_type"];
            state: components["schemas"]["delivery_state"];
            external_id: string | null;
            external_url: string | null;
            change: components["schemas"]["publication_change_kind"] | null;
            change_state: components["schemas"]["publication_change_state"] | null;
            /** Format: int32 */
            attempt: number | null;
            text: string | null;
            reason: string | null;
            /** Format: date-time */
            requested_at: string | null;
            /** Format: date-time */
            next_attempt_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
            is_deleted: boolean;
            is_out: boolean;
            is_comment_missing: boolean;
            can_delete: boolean;
            can_edit: boolean;
            can_comment: boolean;
            cannot_delete_because: string;
        };
        post_publications: {
            is_deleted: boolean;
            items: components["schemas"]["published_item"][];
        };
        provider_app: {
            provider: string;
            display_name: string;
            client_id: string | null;
            /** Format: date-time */
            updated_at: string | null;
        };
        provider_app_list: {
            items: components["schemas"]["provider_app"][];
        };
        look: {
            /** Format: int64 */
            likes: number | null;
            /** Format: int64 */
            comments: number | null;
            /** Format: int64 */
            shares: number | null;
            /** Format: int64 */
            views: number | null;
            /** Format: date-time */
            at: string;
        };
        measured: {
            /** Format: int64 */
            likes: number | null;
            /** Format: int64 */
            comments: number | null;
            /** Format: int64 */
            shares: number | null;
            /** Format: int64 */
            views: number | null;
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            channel_id: string;
            channel_name: string;
            channel_type: components["schemas"]["channel_type"];
            /** Format: date-time */
            counted_at: string | null;
            /** Format: date-time */
            next_at: string | null;
            stopped_because: string | null;
            history: components["schemas"]["look"][];
        };
        post_metrics: {
            items: components["schemas"]["measured"][];
        };
        channel_figures: {
            /** Format: int64 */
            likes: number | null;
            /** Format: int64 */
            comments: number | null;
            /** Format: int64 */
            shares: number | null;
            /** Format: int64 */
            views: number | null;
            /** Format: uuid */
            channel_id: string;
            channel_name: string;
            channel_type: components["schemas"]["channel_type"];
            /** Format: int64 */
            posts: number;
        };
        post_figures: {
            /** Format: int64 */
            likes: number | null;
            /** Format: int64 */
            comments: number | null;
            /** Format: int64 */
            shares: number | null;
            /** Format: int64 */
            views: number | null;
            /** Format: uuid */
            post_id: string;
            title: string;
            channel_type: components["schemas"]["channel_type"];
            /** Format: date-time */
            published_at: string;
        };
        reactions_summary: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            channels: components["schemas"]["channel_figures"][];
            best: components["schemas"]["post_figures"][];
        };
        post_finding: {
            pointer: string;
            sentence: string;
        };
        platform_check: {
            platform: components["schemas"]["channel_type"];
            name: string;
            /** Format: int32 */
            length: number;
            /** Format: int32 */
            limit: number;
            has_own_text: boolean;
            part_lengths: number[];
            takes_image: boolean;
            needs_image: boolean;
            findings: components["schemas"]["post_finding"][];
        };
        channel_check: {
            /** Format: uuid */
            channel_id: string;
            platform: components["schemas"]["channel_type"];
            channel_name: string;
            findings: components["schemas"]["preflight_finding"][];
        };
        post_check: {
            is_good: boolean;
            platforms: components["schemas"]["platform_check"][];
            channels: components["schemas"]["channel_check"][];
        };
        /** @enum {string} */
        outcome_kind: "published" | "auth_expired" | "permission" | "rate_limited" | "duplicate" | "invalid" | "transient" | "unknown";
        /** @enum {string} */
        delivery_decision: "is_live" | "send_again" | "drop" | "send" | "skip";
        decidable_delivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            post_id: string;
            post_title: string;
            /** Format: uuid */
            channel_id: string;
            channel_type: components["schemas"]["channel_type"];
            channel_name: string;
            state: components["schemas"]["delivery_state"];
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            not_before: string | null;
            /** Format: int32 */
            attempt: number;
            /** Format: int32 */
            failures: number;
            outcome: components["schemas"]["outcome_kind"] | null;
            external_id: string | null;
            external_url: string | null;
            reason: string | null;
            /** Format: date-time */
            asked_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            is_comment_missing: boolean;
            can_retry: boolean;
            decisions: components["schemas"]["delivery_decision"][];
        };
        decidable_delivery_page: {
            items: components["schemas"]["decidable_delivery"][];
            next_cursor: string | null;
        };
        delivery_outcome: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            post_id: string;
            post_title: string;
            /** Format: uuid */
            channel_id: string;
            channel_type: components["schemas"]["channel_type"];
            channel_name: string;
            state: components["schemas"]["delivery_state"];
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            finished_at: string;
            /** Format: int32 */
            attempt: number;
            lateness_ms: number | null;
            external_url: string | null;
        };
        delivery_outcome_page: {
            items: components["schemas"]["delivery_outcome"][];
            next_cursor: string | null;
        };
        delivery_under_way: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            post_id: string;
            /** Format: uuid */
            channel_id: string;
            channel_name: string;
            state: components["schemas"]["delivery_state"];
        };
        paused_channel: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            type: components["schemas"]["channel_type"];
            name: string;
            account: components["schemas"]["channel_account"] | null;
            is_active: boolean;
            disabled_reason: string | null;
            /** Format: date-time */
            paused_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            capabilities_json: components["schemas"]["capabilities"];
            /** Format: int64 */
            under_way_total: number;
            under_way: components["schemas"]["delivery_under_way"][];
        };
        paused_project: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            time_zone: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            lateness: components["schemas"]["lateness"];
            /** Format: date-time */
            paused_at: string | null;
            paused_by: string | null;
            /** Format: int64 */
            under_way_total: number;
            under_way: components["schemas"]["delivery_under_way"][];
        };
        paused_company: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            paused_at: string | null;
            paused_by: string | null;
            /** Format: int64 */
            under_way_total: number;
            under_way: components["schemas"]["delivery_under_way"][];
        };
        /** @enum {string} */
        backoff_strategy: "linear" | "exponential";
        retry_policy: {
            channel_type: components["schemas"]["channel_type"];
            /** Format: int32 */
            max_attempts: number;
            backoff_strategy: components["schemas"]["backoff_strategy"];
            /** Format: int32 */
            retry_delay_seconds: number;
            is_default: boolean;
            /** Format: date-time */
            updated_at: string | null;
        };
        retry_policy_page: {
            items: components["schemas"]["retry_policy"][];
            next_cursor: string | null;
        };
        site_hook: {
            /** Format: uuid */
            channel_id: string;
            host: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_sent_at: string | null;
            problem: string | null;
            is_off: boolean;
            /** Format: int64 */
            waiting: number;
        };
        told_site: {
            webhook: components["schemas"]["site_hook"] | null;
        };
        made_site_hook: {
            webhook: components["schemas"]["site_hook"];
            secret: string;
        };
        /** @enum {string} */
        limit_scope: "account" | "app" | "tenant";
        post_budget: {
            /** Format: int32 */
            posts: number;
            /** Format: int64 */
            window_seconds: number;
            /** Format: int32 */
            burst: number;
        };
        /** @enum {string} */
        rate_source: "none" | "documented" | "installation" | "tenant";
        rate_limit: {
            platform: components["schemas"]["channel_type"];
            scope: components["schemas"]["limit_scope"];
            budget: components["schemas"]["post_budget"] | null;
            source: components["schemas"]["rate_source"];
            documented: components["schemas"]["post_budget"] | null;
            installation: components["schemas"]["post_budget"] | null;
            tenant: components["schemas"]["post_budget"] | null;
        };
        rate_limit_page: {
            items: components["schemas"]["rate_limit"][];
            next_cursor: string | null;
        };
        channel_usage: {
            /** Format: uuid */
            channel_id: string;
            platform: components["schemas"]["channel_type"];
            /** Format: int32 */
            limit: number | null;
            /** Format: int64 */
            window_seconds: number | null;
            /** Format: int64 */
            used: number;
            /** Format: int64 */
            planned: number;
            /** Format: date-time */
            free_at: string | null;
            /** Format: date-time */
            next_due_at: string | null;
        };
        channel_usage_page: {
            items: components["schemas"]["channel_usage"][];
            next_cursor: string | null;
        };
        origin_approval: {
            by: string;
            /** Format: date-time */
            at: string;
            is_override: boolean;
        };
        post_origin: {
            /** Format: uuid */
            content_id: string;
            /** Format: int32 */
            content_version: number;
            /** Format: uuid */
            rule_id: string | null;
            rule_name: string | null;
            /** Format: int32 */
            rule_version: number | null;
            /** Format: uuid */
            run_id: string | null;
            /** Format: int32 */
            template_version: number | null;
            approvals: components["schemas"]["origin_approval"][];
            sentence: string;
        };
        /** @enum {string} */
        step_kind: "written" | "edited" | "deleted" | "scheduled" | "requested" | "cancelled" | "paused" | "resumed" | "channel_off" | "channel_on" | "due" | "throttled" | "permitted" | "attempt_begun" | "first_byte" | "published" | "failed" | "retry_scheduled" | "outcome_unknown" | "reconciled" | "unconfirmed" | "missed" | "asked" | "decided" | "noted";
        /** @enum {string} */
        decision_rule: "person" | "schedule" | "lateness_policy" | "pause" | "channel_state" | "rate_limit" | "one_at_a_time" | "intent_before_send" | "platform_answer" | "platform_time" | "retry_policy" | "reconciliation" | "takeover" | "other";
        explanation_step: {
            /** Format: date-time */
            at: string;
            kind: components["schemas"]["step_kind"];
            rule: components["schemas"]["decision_rule"];
            sentence: string;
            figures: {
                [key: string]: unknown;
            };
        };
        /** @enum {string} */
        wait_kind: "schedule" | "time" | "retry" | "throttle" | "turn" | "start" | "channel" | "resume" | "answer" | "platform" | "look" | "decision" | "owner";
        explanation_wait: {
            kind: components["schemas"]["wait_kind"];
            rule: components["schemas"]["decision_rule"];
            sentence: string;
            you_can: string;
            figures: {
                [key: string]: unknown;
            };
        };
        delivery_explanation: {
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            channel_id: string;
            channel_type: components["schemas"]["channel_type"];
            channel_name: string;
            state: components["schemas"]["delivery_state"];
            summary: string;
            you_can: string;
            steps: components["schemas"]["explanation_step"][];
            waits: components["schemas"]["explanation_wait"][];
        };
        post_explanation: {
            /** Format: uuid */
            post_id: string;
            /** Format: uuid */
            project_id: string;
            status: components["schemas"]["post_state"];
            time_zone: string;
            /** Format: date-time */
            explained_at: string;
            summary: string;
            origin: components["schemas"]["post_origin"] | null;
            deliveries: components["schemas"]["delivery_explanation"][];
        };
        simulation_totals: {
            /** Format: int32 */
            deliveries: number;
            /** Format: int32 */
            on_time: number;
            /** Format: int32 */
            throttled: number;
            /** Format: int32 */
            late: number;
            /** Format: int32 */
            held: number;
            /** Format: int32 */
            refused: number;
            /** Format: int32 */
            failed: number;
            /** Format: int32 */
            missed: number;
            /** Format: int32 */
            asks: number;
            /** Format: int32 */
            load: number;
            /** Format: int32 */
            runs: number;
            /** Format: int32 */
            made_posts: number;
        };
        simulated_assumptions: {
            /** Format: int64 */
            call_ms: number;
            failure_rate: number;
            /** Format: int64 */
            seed: number;
        };
        /** @enum {string} */
        predicted_fate: "goes_out" | "held" | "refused" | "failed" | "missed" | "asks";
        /** @enum {string} */
        delay_cause: "budget" | "spread" | "turn" | "retry" | "pause";
        /** @enum {string} */
        hold_cause: "company_paused" | "project_paused" | "channel_paused" | "account_lost" | "channel_off" | "person_asked";
        simulated_delivery: {
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            post_id: string;
            title: string;
            /** Format: uuid */
            channel_id: string;
            channel_name: string;
            channel_type: components["schemas"]["channel_type"];
            /** Format: date-time */
            due_at: string;
            fate: components["schemas"]["predicted_fate"];
            /** Format: date-time */
            starts_at: string | null;
            lateness_ms: number | null;
            delayed_by: components["schemas"]["delay_cause"] | null;
            budget_scope: components["schemas"]["limit_scope"] | null;
            /** Format: int32 */
            budget_posts: number | null;
            /** Format: int64 */
            budget_window_seconds: number | null;
            /** Format: date-time */
            throttled_until: string | null;
            held_by: components["schemas"]["hold_cause"] | null;
            /** Format: int32 */
            attempts: number;
            sentence: string;
            /** Format: uuid */
            rule_id: string | null;
        };
        /** @enum {string} */
        run_cause: "schedule" | "event" | "feed" | "person";
        /** @enum {string} */
        run_state: "queued" | "running" | "waiting_approval" | "succeeded" | "failed" | "blocked" | "cancelled";
        told_step: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            kind: string;
            rule: string;
            sentence: string;
            figures: {
                [key: string]: unknown;
            };
        };
        simulated_rule_run: {
            /** Format: uuid */
            rule_id: string;
            rule_name: string;
            /** Format: int32 */
            rule_version: number;
            cause: components["schemas"]["run_cause"];
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            about_post_id: string | null;
            state: components["schemas"]["run_state"];
            is_ai: boolean;
            /** Format: uuid */
            post_id: string | null;
            /** Format: date-time */
            scheduled_at: string | null;
            text: string | null;
            steps: components["schemas"]["told_step"][];
        };
        simulation_answer: {
            /** Format: uuid */
            project_id: string;
            time_zone: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: date-time */
            begins_at: string;
            summary: string;
            totals: components["schemas"]["simulation_totals"];
            /** Format: date-time */
            last_starts_at: string | null;
            assumed: components["schemas"]["simulated_assumptions"];
            deliveries: components["schemas"]["simulated_delivery"][];
            /** Format: int32 */
            left_out: number;
            runs: components["schemas"]["simulated_rule_run"][];
            /** Format: int32 */
            runs_left_out: number;
        };
        publication: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            post_id: string;
            /** Format: uuid */
            channel_id: string;
            title: string;
            text: string;
            /** Format: date-time */
            published_at: string;
            /** Format: date-time */
            updated_at: string | null;
            image: components["schemas"]["image"] | null;
        };
        publication_page: {
            items: components["schemas"]["publication"][];
            next_cursor: string | null;
        };
        media_item: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            created_by: string | null;
            name: string;
            kind: components["schemas"]["media_kind"];
            type: string;
            /** Format: int64 */
            bytes: number;
            /** Format: int32 */
            width: number;
            /** Format: int32 */
            height: number;
            /** Format: int64 */
            duration_ms: number;
            is_animated: boolean;
            alt_text: string;
            /** Format: int64 */
            uses: number;
            /** Format: date-time */
            created_at: string;
            url: string;
            preview_url: string;
            /** Format: date-time */
            urls_expire_at: string;
        };
        upload_state: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            name: string;
            /** Format: int64 */
            bytes_received: number;
            /** Format: int64 */
            bytes: number | null;
            is_whole: boolean;
            /** Format: date-time */
            expires_at: string | null;
        };
        media_item_page: {
            items: components["schemas"]["media_item"][];
            next_cursor: string | null;
        };
        use: {
            /** Format: uuid */
            post_id: string;
            title: string;
            text: string;
            /** Format: date-time */
            scheduled_at: string | null;
        };
        media_uses: {
            items: components["schemas"]["use"][];
        };
        /** @enum {string} */
        media_place: "this_server" | "bucket";
        media_space: {
            kept: components["schemas"]["media_place"];
            /** Format: int64 */
            used_bytes: number;
            /** Format: int64 */
            allowed_bytes: number;
            /** Format: int64 */
            file_bytes_max: number;
        };
        media_storage: {
            kept: components["schemas"]["media_place"];
            folder: string;
            bucket: string | null;
            endpoint: string | null;
            /** Format: int64 */
            free_bytes: number;
            /** Format: int64 */
            company_bytes_max: number;
            /** Format: int64 */
            file_bytes_max: number;
        };
        media_check: {
            is_well: boolean;
            problem: string | null;
        };
        ticket: {
            ticket: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: int64 */
            expires_in: number;
        };
        activity_subject: {
            kind: string;
            /** Format: uuid */
            id: string;
        };
        activity_member: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        activity_event: {
            /** Format: int64 */
            id: number;
            /** Format: date-time */
            at: string;
            type: string;
            message: string;
            subject: components["schemas"]["activity_subject"];
            /** Format: uuid */
            project_id: string | null;
            /** Format: uuid */
            post_id: string | null;
            /** Format: uuid */
            delivery_id: string | null;
            /** Format: uuid */
            channel_id: string | null;
            by: components["schemas"]["activity_member"] | null;
            metadata_json: {
                [key: string]: unknown;
            };
        };
        polled_events: {
            items: components["schemas"]["activity_event"][];
            cursor: string;
            /** Format: date-time */
            server_time: string;
            has_more: boolean;
            reload: boolean;
        };
        latest_events: {
            items: components["schemas"]["activity_event"][];
        };
        /** @enum {string} */
        calendar_kind: "post";
        entry_channel: {
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            channel_id: string;
            name: string;
            platform: components["schemas"]["channel_type"];
            state: components["schemas"]["delivery_state"];
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            not_before: string | null;
            /** Format: date-time */
            finished_at: string | null;
            external_url: string | null;
        };
        calendar_entry: {
            kind: components["schemas"]["calendar_kind"];
            /** Format: uuid */
            id: string;
            title: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            until: string | null;
            state: components["schemas"]["post_state"];
            can_move: boolean;
            has_image: boolean;
            channels: components["schemas"]["entry_channel"][];
        };
        clock_change: {
            /** Format: date-time */
            at: string;
            /** Format: int32 */
            minutes: number;
            from: string;
            to: string;
            abbreviation_before: string;
            abbreviation_after: string;
        };
        /** @enum {string} */
        content_state: "draft" | "pending_approval" | "approved" | "rejected" | "scheduled" | "published";
        planned_content: {
            /** Format: uuid */
            id: string;
            title: string;
            /** Format: date-time */
            at: string;
            state: components["schemas"]["content_state"];
            /** Format: uuid */
            campaign_id: string | null;
        };
        /** @enum {string} */
        campaign_state: "draft" | "active" | "paused" | "completed";
        calendar_campaign: {
            /** Format: uuid */
            id: string;
            name: string;
            state: components["schemas"]["campaign_state"];
            first_day: string | null;
            last_day: string | null;
            /** Format: date-time */
            starts_at: string | null;
            /** Format: date-time */
            ends_at: string | null;
        };
        calendar_blackout: {
            first_day: string;
            last_day: string;
            reason: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
        };
        quiet_hours: {
            /** Format: int32 */
            from_minute: number;
            /** Format: int32 */
            to_minute: number;
        };
        coming_run: {
            /** Format: uuid */
            rule_id: string;
            name: string;
            /** Format: uuid */
            campaign_id: string | null;
            /** Format: date-time */
            at: string;
        };
        calendar_answer: {
            /** Format: uuid */
            project_id: string;
            time_zone: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            entries: components["schemas"]["calendar_entry"][];
            is_cut: boolean;
            clock_changes: components["schemas"]["clock_change"][];
            content: components["schemas"]["planned_content"][];
            campaigns: components["schemas"]["calendar_campaign"][];
            blackouts: components["schemas"]["calendar_blackout"][];
            quiet_hours: components["schemas"]["quiet_hours"] | null;
            coming_runs: components["schemas"]["coming_run"][];
        };
        created_calendar_feed: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            member_id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_read_at: string | null;
            url: string;
        };
        calendar_feed: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            member_id: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_read_at: string | null;
        };
        calendar_feed_page: {
            items: components["schemas"]["calendar_feed"][];
            next_cursor: string | null;
        };
        utm_fields: {
            source: string;
            medium: string;
            campaign: string;
            term: string;
            content: string;
        };
        campaign: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            name: string;
            goal: string;
            state: components["schemas"]["campaign_state"];
            first_day: string | null;
            last_day: string | null;
            channel_ids: string[];
            labels: string[];
            utm: components["schemas"]["utm_fields"];
            /** Format: int32 */
            version: number;
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        campaign_page: {
            items: components["schemas"]["campaign"][];
            next_cursor: string | null;
        };
        campaign_counts: {
            /** Format: int64 */
            draft: number;
            /** Format: int64 */
            pending_approval: number;
            /** Format: int64 */
            approved: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            scheduled: number;
            /** Format: int64 */
            published: number;
            /** Format: int64 */
            posts_out: number;
            /** Format: int64 */
            posts_partial: number;
            /** Format: int64 */
            posts_failed: number;
            /** Format: int64 */
            posts_missed: number;
            /** Format: int64 */
            posts_waiting: number;
            /** Format: date-time */
            last_published_at: string | null;
        };
        coming_post: {
            /** Format: uuid */
            content_id: string;
            /** Format: uuid */
            post_id: string;
            title: string;
            /** Format: date-time */
            scheduled_at: string;
        };
        coming_campaign_run: {
            /** Format: uuid */
            rule_id: string;
            rule_name: string;
            /** Format: date-time */
            at: string;
        };
        campaign_summary: {
            /** Format: uuid */
            campaign_id: string;
            state: components["schemas"]["campaign_state"];
            counts: components["schemas"]["campaign_counts"];
            coming_posts: components["schemas"]["coming_post"][];
            coming_runs: components["schemas"]["coming_campaign_run"][];
        };
        template_variable: {
            name: string;
            default_value: string;
        };
        ai_settings: {
            provider: string | null;
            model: string | null;
            temperature: number | null;
            /** Format: int32 */
            max_output_tokens: number | null;
            tone: string | null;
        };
        content_template: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            name: string;
            /** Format: int32 */
            version: number;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            variables: components["schemas"]["template_variable"][];
            ai_prompt: string;
            ai: components["schemas"]["ai_settings"];
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        content_template_page: {
            items: components["schemas"]["content_template"][];
            next_cursor: string | null;
        };
        template_version: {
            /** Format: int32 */
            version: number;
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
        };
        template_versions: {
            items: components["schemas"]["template_version"][];
        };
        platform_preview: {
            platform: components["schemas"]["channel_type"];
            name: string;
            text: string;
            /** Format: int32 */
            length: number;
            /** Format: int32 */
            limit: number;
            has_own_text: boolean;
            problem: string | null;
        };
        template_preview: {
            title: string;
            text: string;
            platforms: components["schemas"]["platform_preview"][];
            missing: string[];
            is_good: boolean;
        };
        item: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            campaign_id: string | null;
            /** Format: uuid */
            template_id: string | null;
            /** Format: int32 */
            template_version: number | null;
            /** Format: uuid */
            rule_id: string | null;
            /** Format: uuid */
            run_id: string | null;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            template_values: {
                [key: string]: string;
            };
            channel_ids: string[];
            labels: string[];
            state: components["schemas"]["content_state"];
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            round: number;
            needs_approval: boolean;
            /** Format: date-time */
            submitted_at: string | null;
            /** Format: uuid */
            submitted_by: string | null;
            /** Format: int32 */
            approved_version: number | null;
            /** Format: date-time */
            scheduled_at: string | null;
            /** Format: uuid */
            post_id: string | null;
            post_status: components["schemas"]["post_state"] | null;
            /** Format: uuid */
            author_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        item_page: {
            items: components["schemas"]["item"][];
            next_cursor: string | null;
        };
        state_count: {
            state: components["schemas"]["content_state"];
            /** Format: int64 */
            items: number;
        };
        content_counts: {
            items: components["schemas"]["state_count"][];
        };
        content_version: {
            /** Format: int32 */
            version: number;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            /** Format: uuid */
            author_id: string | null;
            /** Format: date-time */
            created_at: string;
        };
        content_versions: {
            items: components["schemas"]["content_version"][];
        };
        /** @enum {string} */
        approval_need: "one_of" | "all_of";
        approvers: {
            roles: components["schemas"]["role"][];
            member_ids: string[];
            by_link: boolean;
        };
        approval_step_progress: {
            name: string;
            needs: components["schemas"]["approval_need"];
            approvers: components["schemas"]["approvers"];
            is_complete: boolean;
        };
        /** @enum {string} */
        content_decision: "approve" | "reject" | "override";
        decision_entry: {
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            round: number;
            /** Format: int32 */
            step: number;
            decision: components["schemas"]["content_decision"];
            /** Format: uuid */
            member_id: string | null;
            by: string;
            reason: string;
            /** Format: date-time */
            created_at: string;
        };
        content_approval: {
            state: components["schemas"]["content_state"];
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            round: number;
            steps: components["schemas"]["approval_step_progress"][];
            /** Format: int32 */
            waiting_step: number | null;
            may_decide: boolean;
            why_not: string | null;
            decisions: components["schemas"]["decision_entry"][];
        };
        comment: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            content_id: string;
            /** Format: int32 */
            version: number;
            /** Format: uuid */
            member_id: string | null;
            by: string;
            text: string;
            /** Format: date-time */
            created_at: string;
        };
        comment_page: {
            items: components["schemas"]["comment"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        guardrail: "project_posts_a_day" | "channel_posts_a_day" | "campaign_posts_a_day" | "quiet_hours" | "blackout" | "duplicate_topic" | "forbidden_phrase" | "approval";
        /** @enum {string} */
        verdict_kind: "allow" | "move_to" | "needs_approval" | "block";
        guardrail_verdict: {
            by: components["schemas"]["guardrail"];
            kind: components["schemas"]["verdict_kind"];
            /** Format: date-time */
            at: string | null;
            /** Format: int32 */
            limit: number | null;
            /** Format: int32 */
            found: number | null;
            what: string | null;
            /** Format: uuid */
            similar_post_id: string | null;
            sentence: string;
        };
        scheduled_content: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            campaign_id: string | null;
            /** Format: uuid */
            template_id: string | null;
            /** Format: int32 */
            template_version: number | null;
            /** Format: uuid */
            rule_id: string | null;
            /** Format: uuid */
            run_id: string | null;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            template_values: {
                [key: string]: string;
            };
            channel_ids: string[];
            labels: string[];
            state: components["schemas"]["content_state"];
            /** Format: int32 */
            version: number;
            /** Format: int32 */
            round: number;
            needs_approval: boolean;
            /** Format: date-time */
            submitted_at: string | null;
            /** Format: uuid */
            submitted_by: string | null;
            /** Format: int32 */
            approved_version: number | null;
            /** Format: date-time */
            scheduled_at: string | null;
            /** Format: uuid */
            post_id: string | null;
            post_status: components["schemas"]["post_state"] | null;
            /** Format: uuid */
            author_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            verdicts: components["schemas"]["guardrail_verdict"][];
        };
        content_check: {
            is_good: boolean;
            /** Format: date-time */
            at: string;
            findings: string[];
            verdicts: components["schemas"]["guardrail_verdict"][];
        };
        created_review_link: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            content_id: string;
            name: string;
            may_decide: boolean;
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            revoked_at: string | null;
            /** Format: date-time */
            last_read_at: string | null;
            url: string;
            secret: string;
        };
        review_link: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            content_id: string;
            name: string;
            may_decide: boolean;
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            revoked_at: string | null;
            /** Format: date-time */
            last_read_at: string | null;
        };
        review_link_list: {
            items: components["schemas"]["review_link"][];
        };
        review_comment: {
            by: string;
            text: string;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            created_at: string;
        };
        content_review: {
            reviewer: string;
            project_name: string;
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            image: components["schemas"]["image"] | null;
            state: components["schemas"]["content_state"];
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            scheduled_at: string | null;
            may_decide: boolean;
            /** Format: date-time */
            expires_at: string;
            comments: components["schemas"]["review_comment"][];
        };
        blackout: {
            first_day: string;
            last_day: string;
            reason: string;
        };
        guardrails: {
            /** Format: int32 */
            most_posts_a_day: number | null;
            /** Format: int32 */
            most_channel_posts_a_day: number | null;
            /** Format: int32 */
            most_campaign_posts_a_day: number | null;
            quiet_hours: components["schemas"]["quiet_hours"] | null;
            blackouts: components["schemas"]["blackout"][];
            /** Format: int32 */
            duplicate_topic_days: number | null;
            /** Format: int32 */
            duplicate_percent: number;
            forbidden_phrases: string[];
            needs_approval: boolean;
            binds_people: boolean;
        };
        approval_step: {
            name: string;
            needs: components["schemas"]["approval_need"];
            approvers: components["schemas"]["approvers"];
        };
        approval_policy: {
            steps: components["schemas"]["approval_step"][];
            author_is_enough: boolean;
            /** Format: int32 */
            remind_after_hours: number | null;
            /** Format: int32 */
            escalate_after_hours: number | null;
            escalate_to: components["schemas"]["approvers"];
        };
        settings: {
            /** Format: uuid */
            project_id: string;
            guardrails: components["schemas"]["guardrails"];
            approval: components["schemas"]["approval_policy"];
            /** Format: int32 */
            version: number;
            /** Format: uuid */
            updated_by: string | null;
            /** Format: date-time */
            updated_at: string | null;
        };
        hold_count: {
            guardrail: components["schemas"]["guardrail"];
            /** Format: int32 */
            held: number;
            /** Format: int32 */
            moved: number;
            /** Format: int32 */
            asked: number;
            /** Format: int32 */
            overridden: number;
        };
        /** @enum {string} */
        hold_end: "held" | "moved" | "asked" | "overridden";
        hold: {
            /** Format: uuid */
            id: string;
            guardrail: components["schemas"]["guardrail"];
            verdict: components["schemas"]["verdict_kind"];
            ended: components["schemas"]["hold_end"];
            title: string;
            sentence: string;
            /** Format: date-time */
            wanted_at: string;
            /** Format: date-time */
            moved_to: string | null;
            /** Format: uuid */
            rule_id: string | null;
            rule_name: string | null;
            /** Format: uuid */
            run_id: string | null;
            /** Format: uuid */
            content_id: string | null;
            /** Format: uuid */
            post_id: string | null;
            /** Format: uuid */
            member_id: string | null;
            member_name: string | null;
            reason: string | null;
            /** Format: date-time */
            at: string;
        };
        guardrails_held: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            counts: components["schemas"]["hold_count"][];
            items: components["schemas"]["hold"][];
            is_more: boolean;
        };
        guardrails_check: {
            kind: components["schemas"]["verdict_kind"];
            /** Format: date-time */
            at: string;
            verdicts: components["schemas"]["guardrail_verdict"][];
            binds_people: boolean;
        };
        /** @enum {string} */
        trigger_kind: "interval" | "cron" | "rrule" | "event" | "feed";
        /** @enum {string} */
        trigger_event: "post_published" | "post_published_partial" | "post_failed" | "channel_auth_failed" | "content_approved" | "content_rejected" | "campaign_activated";
        rule_trigger: {
            kind: components["schemas"]["trigger_kind"];
            /** Format: int32 */
            every_minutes: number | null;
            /** Format: date-time */
            from: string | null;
            cron: string | null;
            rrule: string | null;
            starts_at: string | null;
            event: components["schemas"]["trigger_event"] | null;
            feed_url: string | null;
        };
        /** @enum {string} */
        week_day: "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";
        hours_of_day: {
            /** Format: int32 */
            from_minute: number;
            /** Format: int32 */
            to_minute: number;
        };
        rule_conditions: {
            channel_types: components["schemas"]["channel_type"][] | null;
            labels: string[] | null;
            text_contains: string[] | null;
            /** Format: int32 */
            late_by_seconds: number | null;
            week_days: components["schemas"]["week_day"][] | null;
            hours: components["schemas"]["hours_of_day"] | null;
        };
        /** @enum {string} */
        action_kind: "make_content" | "notify";
        /** @enum {string} */
        text_source: "plain" | "ai";
        /** @enum {string} */
        release_kind: "draft" | "publish" | "after" | "next_slot";
        rule_action: {
            kind: components["schemas"]["action_kind"];
            /** Format: uuid */
            template_id: string | null;
            source: components["schemas"]["text_source"] | null;
            values: {
                [key: string]: string;
            } | null;
            channel_ids: string[] | null;
            release: components["schemas"]["release_kind"] | null;
            needs_approval: boolean | null;
            /** Format: int32 */
            after_minutes: number | null;
            slots: string[] | null;
            member_ids: string[] | null;
            message: string | null;
        };
        /** @enum {string} */
        missed_kind: "skip" | "last" | "all";
        missed_policy: {
            kind: components["schemas"]["missed_kind"];
            /** Format: int32 */
            at_most: number | null;
        };
        /** @enum {string} */
        condition: "channel_types" | "labels" | "text_contains" | "late_by_seconds" | "week_days" | "hours";
        passed_over: {
            /** Format: date-time */
            at: string;
            condition: components["schemas"]["condition"];
        };
        rule: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            campaign_id: string | null;
            name: string;
            trigger: components["schemas"]["rule_trigger"];
            conditions: components["schemas"]["rule_conditions"];
            action: components["schemas"]["rule_action"];
            missed: components["schemas"]["missed_policy"];
            is_enabled: boolean;
            /** Format: int32 */
            version: number;
            /** Format: date-time */
            next_run_at: string | null;
            /** Format: int32 */
            failures: number;
            passed_over: components["schemas"]["passed_over"] | null;
            feed_problem: string | null;
            /** Format: uuid */
            created_by: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        rule_page: {
            items: components["schemas"]["rule"][];
            next_cursor: string | null;
        };
        previewed_moment: {
            /** Format: date-time */
            at: string;
            local: string;
        };
        moment_preview: {
            time_zone: string;
            moments: components["schemas"]["previewed_moment"][];
            is_over: boolean;
        };
        version: {
            /** Format: int32 */
            version: number;
            name: string;
            trigger: components["schemas"]["rule_trigger"];
            conditions: components["schemas"]["rule_conditions"];
            action: components["schemas"]["rule_action"];
            missed: components["schemas"]["missed_policy"];
            /** Format: uuid */
            changed_by: string;
            /** Format: date-time */
            changed_at: string;
        };
        version_list: {
            items: components["schemas"]["version"][];
        };
        run: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            rule_id: string;
            rule_name: string;
            /** Format: int32 */
            rule_version: number;
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            campaign_id: string | null;
            state: components["schemas"]["run_state"];
            cause: components["schemas"]["run_cause"];
            /** Format: date-time */
            moment: string | null;
            /** Format: int64 */
            event_id: number | null;
            /** Format: int32 */
            depth: number;
            /** Format: uuid */
            template_id: string | null;
            /** Format: int32 */
            template_version: number | null;
            /** Format: uuid */
            content_id: string | null;
            /** Format: uuid */
            post_id: string | null;
            /** Format: int32 */
            attempts: number;
            /** Format: date-time */
            not_before: string;
            error: string | null;
            /** Format: uuid */
            requested_by: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
        };
        rehearsed_content: {
            title: string;
            text: string;
            variants: components["schemas"]["variant"][];
            channel_ids: string[];
            state: components["schemas"]["content_state"];
        };
        dry_run: {
            state: components["schemas"]["run_state"];
            asks_ai: boolean;
            content: components["schemas"]["rehearsed_content"] | null;
            /** Format: date-time */
            scheduled_at: string | null;
            steps: components["schemas"]["told_step"][];
        };
        run_page: {
            items: components["schemas"]["run"][];
            next_cursor: string | null;
        };
        step_list: {
            /** Format: uuid */
            run_id: string;
            time_zone: string;
            items: components["schemas"]["told_step"][];
        };
        span_percentiles: {
            /** Format: int64 */
            count: number;
            p50_ms: number | null;
            p90_ms: number | null;
            p99_ms: number | null;
            longest_ms: number | null;
        };
        spread_part: {
            at_most_ms: number;
            /** Format: int64 */
            count: number;
        };
        platform_figures: {
            /** Format: int64 */
            published: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            missed: number;
            /** Format: int64 */
            cancelled: number;
            /** Format: int64 */
            retried: number;
            /** Format: int64 */
            unconfirmed: number;
            platform: components["schemas"]["channel_type"];
            success_rate: number | null;
            lateness: components["schemas"]["span_percentiles"];
            latency: components["schemas"]["span_percentiles"];
            lateness_spread: components["schemas"]["spread_part"][];
        };
        publishing_summary: {
            /** Format: int64 */
            published: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            missed: number;
            /** Format: int64 */
            cancelled: number;
            /** Format: int64 */
            retried: number;
            /** Format: int64 */
            unconfirmed: number;
            /** Format: uuid */
            project_id: string;
            range: string;
            time_zone: string;
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** Format: date-time */
            counted_until: string | null;
            sentence: string;
            success_rate: number | null;
            /** Format: int64 */
            needs_decision: number;
            lateness: components["schemas"]["span_percentiles"];
            latency: components["schemas"]["span_percentiles"];
            platforms: components["schemas"]["platform_figures"][];
        };
        day_figures: {
            /** Format: int64 */
            published: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            missed: number;
            /** Format: int64 */
            cancelled: number;
            /** Format: int64 */
            retried: number;
            /** Format: int64 */
            unconfirmed: number;
            day: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
        };
        publishing_timeseries: {
            /** Format: uuid */
            project_id: string;
            range: string;
            time_zone: string;
            /** Format: date-time */
            counted_until: string | null;
            days: components["schemas"]["day_figures"][];
        };
        /** @enum {string} */
        ai_budget_source: "setting" | "operator" | "company";
        ai_amount: {
            /** Format: int64 */
            allowed: number;
            /** Format: int64 */
            bound: number;
            /** Format: int64 */
            used: number;
            /** Format: int64 */
            reserved: number;
            source: components["schemas"]["ai_budget_source"];
        };
        ai_budget: {
            provider: string | null;
            is_stand_in: boolean;
            /** Format: date-time */
            month_begins_at: string;
            /** Format: date-time */
            month_ends_at: string;
            tokens: components["schemas"]["ai_amount"];
            micro_usd: components["schemas"]["ai_amount"];
        };
        usage_row: {
            /** Format: date-time */
            month: string;
            purpose: string;
            provider: string;
            model: string;
            /** Format: int64 */
            answered: number;
            /** Format: int64 */
            failed: number;
            /** Format: int64 */
            tokens_in: number;
            /** Format: int64 */
            tokens_out: number;
            /** Format: int64 */
            micro_usd: number;
        };
        ai_usage: {
            items: components["schemas"]["usage_row"][];
        };
        /** @enum {string} */
        confirmation: "each" | "automatic";
        /** @enum {string} */
        weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        /** @enum {string} */
        reaction: "like" | "praise" | "empathy" | "interest" | "appreciation" | "entertainment";
        automation_settings: {
            likes: boolean;
            comments: boolean;
            confirm: components["schemas"]["confirmation"];
            /** Format: int32 */
            acts_a_day: number;
            /** Format: int32 */
            least_gap_minutes: number;
            time_zone: string;
            working_days: components["schemas"]["weekday"][];
            /** Format: int32 */
            works_from_minute: number;
            /** Format: int32 */
            works_until_minute: number;
            reactions: components["schemas"]["reaction"][];
            comment_language: string;
            /** Format: int32 */
            comment_characters: number;
            comment_examples: string[];
            ask_by_mail: boolean;
        };
        shown_settings: {
            settings: components["schemas"]["automation_settings"];
            automatic_warning: string;
        };
        avoid_phrase: {
            /** Format: uuid */
            id: string;
            phrase: string;
            /** Format: date-time */
            created_at: string;
        };
        phrase_list: {
            items: components["schemas"]["avoid_phrase"][];
        };
        comment_preview: {
            comment: string;
            language: string;
            was_corrected: boolean;
            /** Format: int32 */
            rounds: number;
            provider: string;
            is_stand_in: boolean;
        };
        /** @enum {string} */
        page_kind: "linkedin" | "feed" | "facebook" | "instagram";
        tracked_page: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["page_kind"];
            url: string;
            name: string;
            feed_url: string | null;
            /** Format: int32 */
            first_delay_seconds: number;
            /** Format: int32 */
            gap_seconds: number;
            /** Format: int32 */
            spread_seconds: number;
            /** Format: int32 */
            expires_after_seconds: number;
            /** Format: int32 */
            acts_a_day: number;
            /** Format: int64 */
            subscribers: number;
            is_subscribed: boolean;
            /** Format: int64 */
            posts: number;
            /** Format: date-time */
            last_post_at: string | null;
            /** Format: date-time */
            next_poll_at: string | null;
            /** Format: date-time */
            last_polled_at: string | null;
            poll_problem: string | null;
            poll_hold: string | null;
            /** Format: date-time */
            created_at: string;
        };
        tracked_page_page: {
            items: components["schemas"]["tracked_page"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        post_source: "feed" | "linkedin" | "link" | "whatsapp" | "facebook" | "instagram";
        tracked_post: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            page_id: string;
            external_id: string;
            urn: string | null;
            url: string;
            title: string;
            text: string;
            source: components["schemas"]["post_source"];
            /** Format: date-time */
            published_at: string;
            /** Format: date-time */
            found_at: string;
            /** Format: int64 */
            planned: number;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            waiting: number;
            /** Format: int32 */
            left_out: number;
        };
        tracked_post_page: {
            items: components["schemas"]["tracked_post"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        poll_state: "links_only" | "waiting" | "held" | "polling" | "failing";
        poll_status: {
            /** Format: uuid */
            page_id: string;
            state: components["schemas"]["poll_state"];
            /** Format: date-time */
            last_polled_at: string | null;
            /** Format: date-time */
            last_success_at: string | null;
            /** Format: date-time */
            next_poll_at: string | null;
            /** Format: int32 */
            failures: number;
            problem: string | null;
            hold: string | null;
            is_shared: boolean;
            /** Format: int64 */
            posts: number;
        };
        /** @enum {string} */
        act_mode: "confirm" | "automatic";
        /** @enum {string} */
        reaction_kind: "like" | "praise" | "empathy" | "interest" | "appreciation" | "entertainment";
        page_subscription: {
            /** Format: uuid */
            page_id: string;
            /** Format: uuid */
            member_id: string;
            likes: boolean;
            comments: boolean;
            like_mode: components["schemas"]["act_mode"];
            comment_mode: components["schemas"]["act_mode"];
            reaction: components["schemas"]["reaction_kind"];
            polling: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        read_row: {
            /** Format: int64 */
            row: number;
            url: string;
            name: string;
        };
        row_error: {
            /** Format: int64 */
            row: number;
            detail: string;
        };
        import_result: {
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            good: number;
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            known: number;
            is_stored: boolean;
            pages: components["schemas"]["read_row"][];
            errors: components["schemas"]["row_error"][];
        };
        /** @enum {string} */
        engagement_kind: "like" | "comment";
        /** @enum {string} */
        engagement_state: "queued" | "waiting_confirmation" | "sending" | "completed" | "failed" | "unknown" | "skipped" | "expired";
        shown_engagement: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            page_id: string;
            page_name: string;
            /** Format: uuid */
            post_id: string;
            post_url: string;
            post_title: string;
            /** Format: uuid */
            member_id: string;
            member_name: string;
            is_mine: boolean;
            kind: components["schemas"]["engagement_kind"];
            state: components["schemas"]["engagement_state"];
            reaction: components["schemas"]["reaction_kind"];
            text: string;
            is_automatic: boolean;
            /** Format: date-time */
            planned_at: string;
            /** Format: date-time */
            not_before: string;
            /** Format: date-time */
            expires_at: string;
            hold: string | null;
            /** Format: int32 */
            attempt: number;
            way: components["schemas"]["act_way"] | null;
            needs_decision: boolean;
            external_id: string | null;
            reason: string | null;
            /** Format: date-time */
            confirmed_at: string | null;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        shown_engagement_page: {
            items: components["schemas"]["shown_engagement"][];
            next_cursor: string | null;
        };
        engagement_told: {
            /** Format: date-time */
            at: string;
            kind: string;
            sentence: string;
        };
        engagement_explanation: {
            /** Format: uuid */
            engagement_id: string;
            state: components["schemas"]["engagement_state"];
            summary: string;
            steps: components["schemas"]["engagement_told"][];
        };
        linked_act: {
            member_name: string;
            kind: components["schemas"]["engagement_kind"];
            state: components["schemas"]["engagement_state"];
            reaction: components["schemas"]["reaction_kind"];
            text: string;
            page_name: string;
            post_title: string;
            post_text: string;
            post_url: string;
            /** Format: date-time */
            not_before: string;
            /** Format: date-time */
            expires_at: string;
            is_open: boolean;
        };
        /** @enum {string} */
        chat_kind: "slack" | "teams" | "discord";
        chat_hook: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["chat_kind"];
            host: string;
            is_company: boolean;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_sent_at: string | null;
            problem: string | null;
            is_off: boolean;
        };
        hook_list: {
            items: components["schemas"]["chat_hook"][];
        };
        placed_leader: {
            /** Format: int32 */
            place: number;
            /** Format: uuid */
            member_id: string;
            name: string;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            likes: number;
            /** Format: int64 */
            comments: number;
            is_me: boolean;
        };
        engagement_leaderboard: {
            is_on: boolean;
            /** Format: date-time */
            since: string;
            items: components["schemas"]["placed_leader"][];
        };
        feed_post: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            page_id: string;
            external_id: string;
            urn: string | null;
            url: string;
            title: string;
            text: string;
            source: components["schemas"]["post_source"];
            /** Format: date-time */
            published_at: string;
            /** Format: date-time */
            found_at: string;
            /** Format: int64 */
            planned: number;
            /** Format: int64 */
            completed: number;
            /** Format: int64 */
            waiting: number;
            /** Format: int32 */
            left_out: number;
            page_name: string;
            page_url: string;
        };
        feed_post_page: {
            items: components["schemas"]["feed_post"][];
            next_cursor: string | null;
        };
        brought_post: {
            is_new: boolean;
            post: components["schemas"]["tracked_post"];
        };
        signup: {
            company_name: string;
            /** Format: email */
            email: string;
            password: string;
            full_name?: string | null;
        };
        verification: {
            token: string;
            password: string;
        };
        address: {
            /** Format: email */
            email: string;
        };
        passkey_response: {
            credential_id: string;
            client_data_json: string;
            authenticator_data: string;
            signature: string;
            user_handle: string;
        };
        login: {
            /** Format: email */
            email: string;
            password: string;
            code?: string | null;
            passkey?: components["schemas"]["passkey_response"] | null;
        };
        presented: {
            refresh_token?: string | null;
        };
        confirmation_request: {
            password?: string | null;
            code?: string | null;
            passkey?: components["schemas"]["passkey_response"] | null;
            mailed_code?: string | null;
        };
        new_passkey: {
            name: string;
            client_data_json: string;
            attestation_object: string;
        };
        passkey_name: {
            name: string;
        };
        /** @enum {string} */
        asked_purpose: "sign_in" | "second_factor" | "confirm";
        challenge_request: {
            purpose: components["schemas"]["asked_purpose"];
        };
        password_change: {
            current_password: string;
            new_password: string;
        };
        forgotten: {
            /** Format: email */
            email: string;
        };
        password_reset: {
            token: string;
            password: string;
            code?: string | null;
            passkey?: components["schemas"]["passkey_response"] | null;
        };
        second_factor_code: {
            code: string;
        };
        second_factor_given: {
            code?: string | null;
            passkey?: components["schemas"]["passkey_response"] | null;
        };
        exchange_request: {
            code: string;
            second_factor?: string | null;
            passkey?: components["schemas"]["passkey_response"] | null;
        };
        provider_settings: {
            sign_in_name: string;
            issuer: string;
            client_id: string;
            client_secret?: string | null;
            is_enabled?: boolean | null;
        };
        sign_in_rules_change: {
            requires_second_factor: boolean;
        };
        create_api_token_request: {
            name: string;
            scopes: components["schemas"]["permission"][];
            project_ids?: string[] | null;
            expires_in_days?: number | null;
        };
        update_profile_request: {
            full_name?: string | null;
            markdown?: string | null;
            tone?: string | null;
        };
        role_change: {
            /** Format: uuid */
            user_id: string;
            role: components["schemas"]["role"];
        };
        ownership_transfer: {
            /** Format: uuid */
            user_id: string;
        };
        grant_input: {
            /** Format: uuid */
            project_id: string;
            channel_ids?: string[] | null;
        };
        wanted_access: {
            is_limited: boolean;
            grants?: components["schemas"]["grant_input"][] | null;
        };
        team_name: {
            name: string;
        };
        team_assignment: {
            /** Format: uuid */
            team_id?: string | null;
        };
        invitation: {
            /** Format: email */
            email?: string | null;
            role?: components["schemas"]["role"] | null;
            uses_max?: number | null;
            expires_in_days?: number | null;
            /** Format: uuid */
            team_id?: string | null;
        };
        team_invitation: {
            /** Format: email */
            email?: string | null;
            role?: components["schemas"]["role"] | null;
            uses_max?: number | null;
            expires_in_days?: number | null;
        };
        acceptance: {
            code: string;
            /** Format: email */
            email: string;
            password: string;
            full_name?: string | null;
        };
        /** @enum {string} */
        bad_invites: "refuse_all" | "leave_out";
        invite_import_request: {
            content: string;
            on_bad_rows?: components["schemas"]["bad_invites"] | null;
            preview?: boolean | null;
            expires_in_days?: number | null;
        };
        suspension: {
            reason: string;
        };
        verify_request: {
            head?: components["schemas"]["exported_head"] | null;
        };
        lateness_request: {
            policy: components["schemas"]["lateness_action"];
            after_seconds?: number | null;
        };
        create_project_request: {
            name: string;
            description?: string | null;
            time_zone?: string | null;
            lateness?: components["schemas"]["lateness_request"] | null;
        };
        update_project_request: {
            name?: string;
            description?: string | null;
            time_zone?: string;
            lateness?: components["schemas"]["lateness_request"];
        };
        account_credentials: {
            external_user_id: string;
            handle?: string | null;
            access_token: string;
        };
        create_channel_request: {
            /** Format: uuid */
            project_id: string;
            type: components["schemas"]["channel_type"];
            name?: string | null;
            account?: components["schemas"]["account_credentials"] | null;
            /** Format: uuid */
            account_id?: string | null;
        };
        update_channel_request: {
            name?: string;
            is_active?: boolean;
            account?: components["schemas"]["account_credentials"];
        };
        password_request: {
            identifier: string;
            app_password: string;
            /** Format: uuid */
            project_id?: string | null;
        };
        browser_cookie_request: {
            li_at: string;
        };
        browser_login_request: {
            email: string;
            password: string;
        };
        browser_code_request: {
            /** Format: uuid */
            login_id: string;
            code: string;
        };
        post_variant: {
            platform: components["schemas"]["channel_type"];
            text: string;
        };
        post_image: {
            url: string;
            alt_text?: string | null;
        };
        post_medium_request: {
            /** Format: uuid */
            media_id: string;
            alt_text?: string | null;
        };
        create_post_request: {
            /** Format: uuid */
            project_id: string;
            title?: string | null;
            text: string;
            variants?: components["schemas"]["post_variant"][] | null;
            channel_ids?: string[] | null;
            /** Format: date-time */
            scheduled_at?: string | null;
            image?: components["schemas"]["post_image"] | null;
            media?: components["schemas"]["post_medium_request"][] | null;
            options?: {
                [key: string]: {
                    [key: string]: string;
                };
            } | null;
            lateness?: components["schemas"]["lateness_request"] | null;
            takes_other_time?: boolean | null;
            override_reason?: string | null;
        };
        /** @enum {string} */
        post_group: "draft" | "scheduled" | "needs_attention" | "trouble" | "published" | "cancelled";
        /** @enum {string} */
        post_order: "newest_first" | "soonest_first" | "latest_first";
        update_post_request: {
            title?: string | null;
            text?: string;
            variants?: components["schemas"]["post_variant"][] | null;
            image?: components["schemas"]["post_image"] | null;
            media?: components["schemas"]["post_medium_request"][] | null;
            options?: {
                [key: string]: {
                    [key: string]: string;
                };
            } | null;
            lateness?: components["schemas"]["lateness_request"] | null;
            override_reason?: string;
        };
        schedule_post_request: {
            /** Format: date-time */
            scheduled_at: string;
            takes_other_time?: boolean | null;
            override_reason?: string | null;
        };
        publish_post_request: {
            override_reason?: string | null;
        };
        edit_publication_request: {
            text: string;
        };
        provider_app_request: {
            client_id: string;
            client_secret: string;
        };
        checked_variant: {
            platform: components["schemas"]["channel_type"];
            text: string;
        };
        check_post_request: {
            text: string;
            variants?: components["schemas"]["checked_variant"][] | null;
            platforms: components["schemas"]["channel_type"][];
            has_image?: boolean | null;
            title?: string | null;
            /** Format: uuid */
            project_id?: string | null;
            channel_ids?: string[] | null;
            media?: components["schemas"]["post_medium_request"][] | null;
            options?: {
                [key: string]: {
                    [key: string]: string;
                };
            } | null;
            /** Format: date-time */
            scheduled_at?: string | null;
            /** Format: uuid */
            post_id?: string | null;
        };
        resolve_delivery_request: {
            decision: components["schemas"]["delivery_decision"];
            external_url?: string | null;
            external_id?: string | null;
        };
        set_retry_policy_request: {
            max_attempts: number;
            backoff_strategy: components["schemas"]["backoff_strategy"];
            retry_delay_seconds: number;
        };
        site_hook_request: {
            address: string;
        };
        /** @enum {string} */
        own_scope: "account" | "tenant";
        set_rate_limit_request: {
            posts: number;
            window_seconds: number;
            burst?: number | null;
        };
        /** @enum {string} */
        simulation_entries: "all" | "trouble";
        simulation_assume: {
            call_ms?: number | null;
            failure_rate?: number | null;
            seed?: number | null;
        };
        simulation_move: {
            /** Format: uuid */
            post_id: string;
            /** Format: date-time */
            at: string;
        };
        simulate_request: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            show?: components["schemas"]["simulation_entries"] | null;
            limit?: number | null;
            assume?: components["schemas"]["simulation_assume"] | null;
            moves?: components["schemas"]["simulation_move"][] | null;
        };
        correct_publication_request: {
            title?: string | null;
            text?: string;
        };
        describe_media_request: {
            name?: string;
            alt_text?: string | null;
        };
        create_feed_request: {
            /** Format: uuid */
            project_id: string;
            name?: string | null;
        };
        utm_request: {
            source?: string | null;
            medium?: string | null;
            campaign?: string | null;
            term?: string | null;
            content?: string | null;
        };
        create_campaign_request: {
            /** Format: uuid */
            project_id: string;
            name: string;
            goal?: string | null;
            first_day?: string | null;
            last_day?: string | null;
            channel_ids?: string[] | null;
            labels?: string[] | null;
            utm?: components["schemas"]["utm_request"] | null;
        };
        update_campaign_request: {
            name?: string;
            goal?: string | null;
            first_day?: string | null;
            last_day?: string | null;
            channel_ids?: string[] | null;
            labels?: string[] | null;
            utm?: components["schemas"]["utm_request"] | null;
        };
        template_variant: {
            platform: components["schemas"]["channel_type"];
            text: string;
        };
        template_variable_request: {
            name: string;
            default_value?: string | null;
        };
        /** @enum {string} */
        ai_provider: "openai" | "openrouter" | "offline";
        ai_settings_request: {
            provider?: components["schemas"]["ai_provider"] | null;
            model?: string | null;
            temperature?: number | null;
            max_output_tokens?: number | null;
            tone?: string | null;
        };
        create_template_request: {
            title?: string | null;
            text?: string | null;
            variants?: components["schemas"]["template_variant"][] | null;
            variables?: components["schemas"]["template_variable_request"][] | null;
            ai_prompt?: string | null;
            ai?: components["schemas"]["ai_settings_request"] | null;
            /** Format: uuid */
            project_id: string;
            name: string;
        };
        update_template_request: {
            title?: string | null;
            text?: string | null;
            variants?: components["schemas"]["template_variant"][] | null;
            variables?: components["schemas"]["template_variable_request"][] | null;
            ai_prompt?: string | null;
            ai?: components["schemas"]["ai_settings_request"] | null;
            name?: string;
        };
        preview_template_request: {
            title?: string | null;
            text?: string | null;
            variants?: components["schemas"]["template_variant"][] | null;
            variables?: components["schemas"]["template_variable_request"][] | null;
            ai_prompt?: string | null;
            ai?: components["schemas"]["ai_settings_request"] | null;
            values?: {
                [key: string]: string;
            } | null;
            /** Format: uuid */
            campaign_id?: string | null;
            platforms?: components["schemas"]["channel_type"][] | null;
        };
        preview_words_request: {
            title?: string | null;
            text?: string | null;
            variants?: components["schemas"]["template_variant"][] | null;
            variables?: components["schemas"]["template_variable_request"][] | null;
            ai_prompt?: string | null;
            ai?: components["schemas"]["ai_settings_request"] | null;
            values?: {
                [key: string]: string;
            } | null;
            /** Format: uuid */
            campaign_id?: string | null;
            platforms?: components["schemas"]["channel_type"][] | null;
            /** Format: uuid */
            project_id: string;
        };
        create_content_request: {
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            campaign_id?: string | null;
            /** Format: uuid */
            template_id?: string | null;
            values?: {
                [key: string]: string;
            } | null;
            title?: string | null;
            text?: string | null;
            variants?: components["schemas"]["post_variant"][] | null;
            image?: components["schemas"]["post_image"] | null;
            channel_ids?: string[] | null;
            labels?: string[] | null;
            /** Format: date-time */
            scheduled_at?: string | null;
        };
        update_content_request: {
            title?: string | null;
            text?: string;
            variants?: components["schemas"]["post_variant"][] | null;
            image?: components["schemas"]["post_image"] | null;
            channel_ids?: string[] | null;
            labels?: string[] | null;
            /** Format: uuid */
            campaign_id?: string | null;
            /** Format: date-time */
            scheduled_at?: string | null;
        };
        regenerate_content_request: {
            values?: {
                [key: string]: string;
            } | null;
        };
        submit_content_request: {
            version: number;
        };
        approve_content_request: {
            version: number;
            reason?: string | null;
        };
        reject_content_request: {
            version: number;
            reason: string;
        };
        add_comment_request: {
            text: string;
            version?: number | null;
        };
        schedule_content_request: {
            /** Format: date-time */
            scheduled_at: string;
            version?: number | null;
            takes_other_time?: boolean | null;
            override_reason?: string | null;
        };
        publish_content_request: {
            version?: number | null;
            override_reason?: string | null;
        };
        check_content_request: {
            /** Format: date-time */
            scheduled_at: string;
        };
        create_review_link_request: {
            name: string;
            may_decide?: boolean | null;
            expires_in_hours?: number | null;
        };
        review_comment_request: {
            text: string;
        };
        review_approval_request: {
            version: number;
            reason?: string | null;
        };
        review_rejection_request: {
            version: number;
            reason: string;
        };
        blackout_request: {
            first_day: string;
            last_day: string;
            reason?: string | null;
        };
        guardrails_request: {
            most_posts_a_day?: number | null;
            most_channel_posts_a_day?: number | null;
            most_campaign_posts_a_day?: number | null;
            quiet_hours?: components["schemas"]["quiet_hours"] | null;
            blackouts?: components["schemas"]["blackout_request"][] | null;
            duplicate_topic_days?: number | null;
            duplicate_percent?: number | null;
            forbidden_phrases?: string[] | null;
            needs_approval?: boolean | null;
            binds_people?: boolean | null;
        };
        approvers_request: {
            roles?: components["schemas"]["role"][] | null;
            member_ids?: string[] | null;
            by_link?: boolean | null;
        };
        approval_step_request: {
            name: string;
            needs?: components["schemas"]["approval_need"] | null;
            approvers: components["schemas"]["approvers_request"];
        };
        approval_policy_request: {
            steps?: components["schemas"]["approval_step_request"][] | null;
            author_is_enough?: boolean | null;
            /** Format: int32 */
            remind_after_hours?: number | null;
            /** Format: int32 */
            escalate_after_hours?: number | null;
            escalate_to?: components["schemas"]["approvers_request"] | null;
        };
        put_guardrails_request: {
            guardrails?: components["schemas"]["guardrails_request"] | null;
            approval?: components["schemas"]["approval_policy_request"] | null;
        };
        check_guardrails_request: {
            text: string;
            title?: string | null;
            /** Format: date-time */
            at: string;
            channel_ids?: string[] | null;
            /** Format: uuid */
            campaign_id?: string | null;
            /** Format: uuid */
            post_id?: string | null;
            is_approved?: boolean | null;
        };
        rule_trigger_input: {
            kind: components["schemas"]["trigger_kind"];
            /** Format: int32 */
            every_minutes?: number | null;
            /** Format: date-time */
            from?: string | null;
            cron?: string | null;
            rrule?: string | null;
            starts_at?: string | null;
            event?: components["schemas"]["trigger_event"] | null;
            feed_url?: string | null;
        };
        rule_conditions_input: {
            channel_types?: components["schemas"]["channel_type"][] | null;
            labels?: string[] | null;
            text_contains?: string[] | null;
            /** Format: int32 */
            late_by_seconds?: number | null;
            week_days?: components["schemas"]["week_day"][] | null;
            hours?: components["schemas"]["hours_of_day"] | null;
        };
        rule_action_input: {
            kind: components["schemas"]["action_kind"];
            /** Format: uuid */
            template_id?: string | null;
            source?: components["schemas"]["text_source"] | null;
            values?: {
                [key: string]: string;
            } | null;
            channel_ids?: string[] | null;
            release?: components["schemas"]["release_kind"] | null;
            needs_approval?: boolean | null;
            /** Format: int32 */
            after_minutes?: number | null;
            slots?: string[] | null;
            member_ids?: string[] | null;
            message?: string | null;
        };
        missed_policy_input: {
            kind: components["schemas"]["missed_kind"];
            /** Format: int32 */
            at_most?: number | null;
        };
        create_rule_request: {
            /** Format: uuid */
            project_id: string;
            /** Format: uuid */
            campaign_id?: string | null;
            name: string;
            trigger: components["schemas"]["rule_trigger_input"];
            conditions?: components["schemas"]["rule_conditions_input"] | null;
            action: components["schemas"]["rule_action_input"];
            missed?: components["schemas"]["missed_policy_input"] | null;
            is_enabled?: boolean | null;
        };
        preview_rule_request: {
            /** Format: uuid */
            project_id: string;
            trigger: components["schemas"]["rule_trigger_input"];
            count?: number | null;
        };
        update_rule_request: {
            /** Format: uuid */
            campaign_id?: string | null;
            name?: string;
            trigger?: components["schemas"]["rule_trigger_input"];
            conditions?: components["schemas"]["rule_conditions_input"] | null;
            action?: components["schemas"]["rule_action_input"];
            missed?: components["schemas"]["missed_policy_input"];
            version?: number;
        };
        dry_run_request: {
            values?: {
                [key: string]: string;
            } | null;
        };
        set_ai_budget: {
            monthly_tokens?: number | null;
            monthly_micro_usd?: number | null;
        };
        change_settings: {
            likes?: boolean | null;
            comments?: boolean | null;
            confirm?: components["schemas"]["confirmation"] | null;
            acts_a_day?: number | null;
            least_gap_minutes?: number | null;
            time_zone?: string | null;
            working_days?: components["schemas"]["weekday"][] | null;
            works_from_minute?: number | null;
            works_until_minute?: number | null;
            reactions?: components["schemas"]["reaction"][] | null;
            comment_language?: string | null;
            comment_characters?: number | null;
            comment_examples?: string[] | null;
            ask_by_mail?: boolean | null;
        };
        new_phrase: {
            phrase: string;
        };
        preview_request: {
            post_text: string;
            post_author?: string | null;
            other_comments?: string[] | null;
        };
        track_page_request: {
            url: string;
            name?: string | null;
            feed_url?: string | null;
        };
        change_page_request: {
            name?: string;
            first_delay_seconds?: number;
            gap_seconds?: number;
            spread_seconds?: number;
            expires_after_seconds?: number;
            acts_a_day?: number;
        };
        bring_post_request: {
            url: string;
            title?: string | null;
            text?: string | null;
            /** Format: date-time */
            published_at?: string | null;
        };
        subscription_request: {
            likes?: boolean | null;
            comments?: boolean | null;
            like_mode?: components["schemas"]["act_mode"] | null;
            comment_mode?: components["schemas"]["act_mode"] | null;
            reaction?: components["schemas"]["reaction_kind"] | null;
            polling?: boolean | null;
        };
        /** @enum {string} */
        table_format: "csv" | "xlsx";
        /** @enum {string} */
        bad_rows: "refuse_all" | "leave_out";
        import_request: {
            format: components["schemas"]["table_format"];
            content: string;
            on_bad_rows?: components["schemas"]["bad_rows"] | null;
            preview?: boolean | null;
        };
        /** @enum {string} */
        engagement_scope: "mine" | "team";
        confirm_request: {
            text?: string | null;
        };
        edit_request: {
            text?: string | null;
            reaction?: components["schemas"]["reaction_kind"] | null;
        };
        skip_request: {
            reason?: string | null;
        };
        link_answer: {
            text?: string | null;
        };
        new_hook_request: {
            kind: components["schemas"]["chat_kind"];
            address: string;
        };
        leaderboard_switch: {
            is_on: boolean;
        };
        link_message: {
            /** Format: uuid */
            company_id: string;
            text: string;
        };
        /** @description A problem document (RFC 9457). */
        problem: {
            /** Format: uri-reference */
            type: string;
            title: string;
            status: number;
            /** @description What happened and what to do next. */
            detail: string;
            /** Format: uri-reference */
            instance?: string;
            /** @description Name it when you report the problem. */
            request_id: string;
            /** @description The same for every occurrence, for programs. */
            code?: string;
            errors?: {
                /** @description JSON Pointer into the body. */
                pointer?: string;
                /** @description Name of a path or query parameter. */
                parameter?: string;
                /** @description What is wrong with it. */
                detail: string;
            }[];
        };
    };
    responses: {
        /** @description Bad Request */
        problem_400: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Unauthorized */
        problem_401: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Forbidden */
        problem_403: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Not Found */
        problem_404: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Not Acceptable */
        problem_406: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Conflict */
        problem_409: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Gone */
        problem_410: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Precondition Failed */
        problem_412: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Content Too Large */
        problem_413: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Unsupported Media Type */
        problem_415: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Range Not Satisfiable */
        problem_416: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Unprocessable Content */
        problem_422: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Locked */
        problem_423: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Too Many Requests */
        problem_429: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
        /** @description Service Unavailable */
        problem_503: {
            headers: {
                "X-Request-ID": components["headers"]["request_id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["problem"];
            };
        };
    };
    parameters: {
        /** @description May repeat the company of the access token; another one is refused. */
        tenant: string;
        /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
        idempotency_key: string;
        /** @description The ETag of the version that you read. 412: it has changed since, and this call changes nothing. */
        if_match: string;
    };
    requestBodies: never;
    headers: {
        /** @description The request's id; taken from the request's X-Request-ID when it is well-formed. */
        request_id: string;
        /** @description The address of the created object. */
        location: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The name of this service and the address of its documentation */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["index"];
                };
            };
            400: components["responses"]["problem_400"];
        };
    };
    get_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the process is alive */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["liveness"];
                };
            };
            400: components["responses"]["problem_400"];
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The same as /live */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["liveness"];
                };
            };
            400: components["responses"]["problem_400"];
        };
    };
    get_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether requests can be served: the database and Redis, each with its latency */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["readiness"];
                };
            };
            400: components["responses"]["problem_400"];
            /** @description Whether requests can be served: the database and Redis, each with its latency */
            503: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["readiness"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures for Prometheus */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; version=0.0.4; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            404: components["responses"]["problem_404"];
        };
    };
    get_openapi_json: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["problem_400"];
        };
    };
    post_signup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["signup"];
            };
        };
        responses: {
            /** @description Make a company with its owner, a trial subscription of 14 days, and tokens */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_up"];
                };
            };
            /** @description Make a company with its owner, a trial subscription of 14 days, and tokens */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_up"];
                };
            };
            400: components["responses"]["problem_400"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_verify_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["verification"];
            };
        };
        responses: {
            /** @description Confirm an e-mail address with the mailed link and the password, and sign in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_verify_email_send: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["address"];
            };
        };
        responses: {
            /** @description Mail another link to an unconfirmed address; the answer does not tell whether the account exists */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["login"];
            };
        };
        responses: {
            /** @description Sign in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_me: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who I am, and what I may do */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["account"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["presented"];
            };
        };
        responses: {
            /** @description Exchange a refresh token for new tokens */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["presented"];
            };
        };
        responses: {
            /** @description End the session of the refresh token, or else of the access token */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My live sessions */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["session_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_auth_sessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End all my sessions but this one */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_auth_sessions_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End one of my sessions: its access tokens are refused at once */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["confirmation_request"];
            };
        };
        responses: {
            /** @description Confirm again that it is me */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["confirmed_until"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_confirm_mail: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Mail me a code that shows that my address is mine */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_passkeys_begin: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to make a passkey */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["creation_options"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_passkeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My passkeys */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["passkey_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_passkeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new_passkey"];
            };
        };
        responses: {
            /** @description Store a passkey */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["passkey"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_auth_passkeys_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["passkey_name"];
            };
        };
        responses: {
            /** @description Name one of my passkeys */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_auth_passkeys_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove one of my passkeys: it no longer signs me in */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_passkeys_challenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["challenge_request"];
            };
        };
        responses: {
            /** @description Get a challenge for a passkey */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["request_options"];
                };
            };
            400: components["responses"]["problem_400"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    post_auth_passkeys_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["passkey_response"];
            };
        };
        responses: {
            /** @description Sign in with a passkey */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    put_auth_password: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["password_change"];
            };
        };
        responses: {
            /** @description Change my password; my other sessions end */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_password_forgot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["forgotten"];
            };
        };
        responses: {
            /** @description Mail a link to set a new password; the answer does not tell whether the account exists */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_password_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["password_reset"];
            };
        };
        responses: {
            /** @description Set a new password with the mailed link, and sign in; all older sessions end */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether I have a second factor */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["second_factor_state"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to set up an authenticator app */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["begun_second_factor"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_second_factor_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["second_factor_code"];
            };
        };
        responses: {
            /** @description Confirm it with the app's first code; signing in then asks for a code */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recovery_codes"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_second_factor_passkeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Require a passkey in addition to my password, without an authenticator app */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recovery_codes"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_second_factor_recovery_codes: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["second_factor_given"];
            };
        };
        responses: {
            /** @description Get new recovery codes, with a code or a passkey; the old ones stop working */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recovery_codes"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_second_factor_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["second_factor_given"];
            };
        };
        responses: {
            /** @description Remove my second factor, with a code or a passkey */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_methods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways in which people sign in here */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_methods"];
                };
            };
            400: components["responses"]["problem_400"];
            422: components["responses"]["problem_422"];
        };
    };
    get_auth_linkedin: {
        parameters: {
            query?: {
                invite_code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to sign in with LinkedIn */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_start"];
                };
            };
            400: components["responses"]["problem_400"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_sso_by_sign_in_name_start: {
        parameters: {
            query?: {
                invite_code?: string;
            };
            header?: never;
            path: {
                sign_in_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to sign in with a company's own identity provider */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_start"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_linkedin_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which LinkedIn returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
        };
    };
    get_auth_sso_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which a company's identity provider returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
        };
    };
    post_auth_exchange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["exchange_request"];
            };
        };
        responses: {
            /** @description Exchange the code of a sign-in for tokens */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_in"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_identities: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways in which I sign in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["own_identities"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_identities_linkedin: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to link my LinkedIn account */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_identities_company: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to link my account at my company's identity provider */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_auth_identities_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unlink an identity: it no longer signs me in */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My company's identity provider, without its secret */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_provider"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_org_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["provider_settings"];
            };
        };
        responses: {
            /** @description Set up my company's identity provider (OpenID Connect) */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_provider"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_org_identity_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove my company's identity provider: nobody can sign in with it any more */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_sign_in_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How my company's people must sign in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_rules"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_org_sign_in_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["sign_in_rules_change"];
            };
        };
        responses: {
            /** @description Require a second factor of everybody in my company, or stop requiring it */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["sign_in_rules"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_auth_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My tokens for scripts, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["api_token_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_auth_tokens: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_api_token_request"];
            };
        };
        responses: {
            /** @description Make a token for a script; it is shown only once */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["made_api_token"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_auth_tokens_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a token: it is refused at once */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_users_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My profile */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["profile"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_users_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_profile_request"];
            };
        };
        responses: {
            /** @description Change my profile */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["profile"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_members: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The people of my company, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["person_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_org_members_by_id: {
        parameters: {
            query?: {
                successor_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deactivate a member, or leave the company */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_members_by_id_reactivate: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reactivate a deactivated member */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_members_by_id_erase: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Erase the personal data of a member who has left */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_users_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["role_change"];
            };
        };
        responses: {
            /** @description Give a member another role */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["role_of_member"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_owner: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ownership_transfer"];
            };
        };
        responses: {
            /** @description Make another member the owner in my place; I become an admin */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_org: {
        parameters: {
            query: {
                name: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete my company with all that it has */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["deleted_company"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_members_by_id_access: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The projects and channels that a member may see */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["access"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_org_members_by_id_access: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["wanted_access"];
            };
        };
        responses: {
            /** @description Limit a member to some projects and channels, or lift the limit */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["access"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_org_members_by_id_second_factor: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reset the second factor of a member who has lost it */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_teams: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The teams of my company, by name */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["team_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_teams: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["team_name"];
            };
        };
        responses: {
            /** @description Make a team */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["team"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_org_teams_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["team_name"];
            };
        };
        responses: {
            /** @description Rename a team */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["team"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_org_teams_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a team; its members stay in the company */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_org_teams_members_by_user_id_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["team_assignment"];
            };
        };
        responses: {
            /** @description Put a member into a team; null takes them out of theirs */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_invites: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All invitations, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["invite_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_invites: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["invitation"];
            };
        };
        responses: {
            /** @description Invite people */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["made_invite"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_teams_by_id_invite: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["team_invitation"];
            };
        };
        responses: {
            /** @description Invite people into a team */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["made_invite"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_org_invites_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an invitation */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_invites_validate_by_code: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read an invitation by its code */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["valid_invite"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_invites_accept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["acceptance"];
            };
        };
        responses: {
            /** @description Join a company with the code of an invitation */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_up"];
                };
            };
            /** @description Join a company with the code of an invitation */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["signed_up"];
                };
            };
            400: components["responses"]["problem_400"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_org_invites_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["invite_import_request"];
            };
        };
        responses: {
            /** @description Invite up to 500 people from a table */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["invite_import_result"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_roles: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The permissions of each role, with their calls */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["described_roles"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_users_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export my data */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_org_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export my company's data */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_admin_orgs: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All companies of this installation, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["organization_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_admin_orgs_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A company and its people */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["organization_details"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_admin_stats: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures of the installation */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["platform_stats"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_admin_orgs_by_id_suspend: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["suspension"];
            };
        };
        responses: {
            /** @description Suspend a company: its people cannot sign in, and nothing starts */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["organization"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_admin_orgs_by_id_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume a suspended company */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["organization"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_audit: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                actor_id?: string;
                subject_id?: string;
                action?: string;
                request_id?: string;
                outcome?: components["schemas"]["audit_outcome"];
                since?: string;
                until?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who did what, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["audit_entry_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_audit_recent_activity: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last 20 entries of the audit */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["recent_activity"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_audit_analytics_summary: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How much was done and refused: by day, by action, by person; and the figures of engagement */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["audit_summary"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_audit_export: {
        parameters: {
            query?: {
                actor_id?: string;
                subject_id?: string;
                action?: string;
                request_id?: string;
                outcome?: components["schemas"]["audit_outcome"];
                since?: string;
                until?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export the audit as CSV, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_audit_head: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The signed head of the audit's hash chain */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["exported_head"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_audit_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["verify_request"];
            };
        };
        responses: {
            /** @description Verify the audit's chain */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["verdict"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_projects: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the projects, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["project_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_projects: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_project_request"];
            };
        };
        responses: {
            /** @description Make a project */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["project"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_projects_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a project */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["project"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_projects_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_project_request"];
                "application/merge-patch+json": components["schemas"]["update_project_request"];
            };
        };
        responses: {
            /** @description Change a project */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["project"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the channels, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_channels: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_channel_request"];
            };
        };
        responses: {
            /** @description Connect a project to a platform, or find the channel that does */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel"];
                };
            };
            /** @description Connect a project to a platform, or find the channel that does */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a channel */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_channels_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_channel_request"];
                "application/merge-patch+json": components["schemas"]["update_channel_request"];
            };
        };
        responses: {
            /** @description Change a channel, switch it on or off, or give its account a new token */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_connectors_available: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the available platforms, with the capabilities of each */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["connector_catalogue"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_x_oauth_start: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at X */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_x_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which X returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_x_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at X, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_x_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at X: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_meta_oauth_start: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at Meta */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_meta_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which Meta returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_meta_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at Meta, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_meta_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at Meta: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_linkedin_oauth_start: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at LinkedIn */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_linkedin_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which LinkedIn returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_linkedin_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at LinkedIn, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_linkedin_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at LinkedIn: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_threads_oauth_start: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at Threads */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_threads_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which Threads returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_threads_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at Threads, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_threads_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at Threads: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_pinterest_oauth_start: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at Pinterest */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_pinterest_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which Pinterest returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_pinterest_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at Pinterest, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_pinterest_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at Pinterest: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_tiktok_oauth_start: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at TikTok */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_tiktok_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which TikTok returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_tiktok_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at TikTok, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_tiktok_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at TikTok: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_mastodon_oauth_start: {
        parameters: {
            query: {
                instance: string;
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect an account at an instance of Mastodon */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_mastodon_oauth_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address to which Mastodon returns a browser */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_channels_mastodon_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at Mastodon, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_mastodon_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at Mastodon: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_channels_bluesky_connect: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["password_request"];
            };
        };
        responses: {
            /** @description Connect an account at Bluesky with its name and an app password */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["connected_account"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_bluesky_connections: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the connections at Bluesky, and the accounts that can become channels */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_connections"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_bluesky_connections_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect an account at Bluesky: its tokens are deleted, and its channels switched off */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_integrations_status: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My own connected accounts */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["integration_status"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_integrations_linkedin_auth_url: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect my own account */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_integrations_linkedin: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect my own account: its tokens are forgotten at once */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_integrations_linkedin_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The second address to which a browser may return */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    get_integrations_meta_auth_url: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begin to connect my own account */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["oauth_start"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_integrations_meta: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnect my own account: its tokens are forgotten at once */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_integrations_meta_callback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The second address to which a browser may return */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
        };
    };
    put_integrations_linkedin_browser: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["browser_switch"];
            };
        };
        responses: {
            /** @description Switch acting through a browser on or off for myself */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["browser_switch"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_integrations_linkedin_session_status: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My session at LinkedIn in a browser, and my last sign-in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["browser_session_status"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_integrations_linkedin_session_cookies: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["browser_cookie_request"];
            };
        };
        responses: {
            /** @description Hand over the li_at cookie of my session */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["browser_session_status"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_integrations_linkedin_session_cookies: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove my cookies, and stop the sign-in that is under way */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_integrations_linkedin_login_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["browser_login_request"];
            };
        };
        responses: {
            /** @description Sign in at LinkedIn with a browser's help */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["browser_login"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_integrations_linkedin_login_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["browser_code_request"];
            };
        };
        responses: {
            /** @description Give the code that LinkedIn asks for */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["browser_login"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            410: components["responses"]["problem_410"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
                status?: components["schemas"]["post_state"];
                group?: components["schemas"]["post_group"];
                channel_id?: string;
                q?: string;
                sort?: components["schemas"]["post_order"];
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the posts */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_post_request"];
            };
        };
        responses: {
            /** @description Write a post */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts_counts: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Count the posts by state */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_counts"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a post with its deliveries */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_posts_by_id: {
        parameters: {
            query?: {
                everywhere?: boolean;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a post */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_publications"];
                };
            };
            /** @description Delete a post */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_posts_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description The ETag of the version that you read. 412: it has changed since, and this call changes nothing. */
                "If-Match"?: components["parameters"]["if_match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_post_request"];
                "application/merge-patch+json": components["schemas"]["update_post_request"];
            };
        };
        responses: {
            /** @description Edit a post */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts_by_id_timeline: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the timeline of a post */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["timeline_entry_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts_by_id_schedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["schedule_post_request"];
            };
        };
        responses: {
            /** @description Schedule a post, or move it */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["scheduled_post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts_by_id_publish_now: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["publish_post_request"];
            };
        };
        responses: {
            /** @description Publish a post now */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts_by_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send the failed deliveries of a post once more */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts_by_id_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel the deliveries that have not gone out */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["cancelled_post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts_by_id_publications: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A post's publications, and the actions that each platform allows */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_publications"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_deliveries_by_id_edit: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["edit_publication_request"];
            };
        };
        responses: {
            /** @description Change the words of a published post at its platform */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_publications"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_provider_apps: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the providers, with the company's own apps at them */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_app_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_provider_apps_by_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["provider_app_request"];
            };
        };
        responses: {
            /** @description Connect accounts at a provider through the company's own app */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["provider_app"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_provider_apps_by_provider: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Connect accounts through the installation's app again */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts_by_id_metrics: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the reactions to a post */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_metrics"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_analytics_reactions: {
        parameters: {
            query: {
                project_id: string;
                range?: string;
                channel_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the reactions to a project's posts */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["reactions_summary"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["check_post_request"];
            };
        };
        responses: {
            /** @description Check a text against its platforms */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_check"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_posts_by_id_preflight: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check a post against its platforms before it goes out */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_preflight"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_deliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
                post_id?: string;
                channel_id?: string;
                state?: components["schemas"]["delivery_state"];
                needs_decision?: boolean;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the deliveries, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["decidable_delivery_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_deliveries_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a delivery */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["decidable_delivery"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_deliveries_by_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a failed delivery once more */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["decidable_delivery"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_deliveries_by_id_resolve: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["resolve_delivery_request"];
            };
        };
        responses: {
            /** @description Decide about a delivery that waits for a person */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["decidable_delivery"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_deliveries_outcomes: {
        parameters: {
            query: {
                project_id?: string;
                since: string;
                limit?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the deliveries that ended since a time, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["delivery_outcome_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_channels_by_id_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["paused_channel"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_channels_by_id_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume a channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_projects_by_id_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a project */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["paused_project"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_projects_by_id_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume a project */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["project"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_company: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the company that I am in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["company"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_company_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause the whole company */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["paused_company"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_company_resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume the whole company */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["company"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_retry_policies: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the retry policies, one a channel type */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["retry_policy_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_retry_policies_by_channel_type: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                channel_type: components["schemas"]["channel_type"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["set_retry_policy_request"];
            };
        };
        responses: {
            /** @description Set the company's retry policy for a channel type */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["retry_policy"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_retry_policies_by_channel_type: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                channel_type: components["schemas"]["channel_type"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Go back to the default retry policy */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_by_id_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the webhook of a website channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["told_site"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_channels_by_id_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["site_hook_request"];
            };
        };
        responses: {
            /** @description Send a website channel's posts to a site of your own */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["made_site_hook"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_channels_by_id_webhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove the webhook of a website channel */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_channels_by_id_webhook_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a test message to the webhook */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_rate_limits: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the budgets of posts by platform and scope */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rate_limit_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_rate_limits_by_platform_by_scope: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                platform: components["schemas"]["channel_type"];
                scope: components["schemas"]["own_scope"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["set_rate_limit_request"];
            };
        };
        responses: {
            /** @description Set the company's own budget, stricter than the one that bounds it */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rate_limit"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_rate_limits_by_platform_by_scope: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                platform: components["schemas"]["channel_type"];
                scope: components["schemas"]["own_scope"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Go back to the budget of the installation or the platform */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_channels_usage: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read how much of its budget each channel has used */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["channel_usage_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_posts_by_id_explain: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Explain why a post went out when it did, or has not */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["post_explanation"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_projects_by_id_simulate: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["simulate_request"];
            };
        };
        responses: {
            /** @description Simulate what would go out when */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["simulation_answer"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_website_publications: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the publications of the website channels, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["publication_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_website_publications_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a publication of a website channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["publication"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_website_publications_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Withdraw a publication from the website */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_website_publications_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["correct_publication_request"];
                "application/merge-patch+json": components["schemas"]["correct_publication_request"];
            };
        };
        responses: {
            /** @description Correct a publication of a website channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["publication"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_site_by_project_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public page of a project's website channel */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            /** @description The public page of a project's website channel */
            410: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            422: components["responses"]["problem_422"];
        };
    };
    get_site_by_project_id_feed_json: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The publications of a project's website channel as JSON Feed 1.1 */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/feed+json": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            410: components["responses"]["problem_410"];
            422: components["responses"]["problem_422"];
        };
    };
    get_site_by_project_id_feed_xml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The publications of a project's website channel as Atom, in pages (RFC 5005) */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/atom+xml; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            410: components["responses"]["problem_410"];
            422: components["responses"]["problem_422"];
        };
    };
    get_site_by_project_id_posts_by_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                project_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One publication as a page; `id` is the publication's or its post's */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            /** @description One publication as a page; `id` is the publication's or its post's */
            410: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html; charset=utf-8": string;
                };
            };
            422: components["responses"]["problem_422"];
        };
    };
    get_media: {
        parameters: {
            query: {
                limit?: number;
                cursor?: string;
                project_id: string;
                q?: string;
                kind?: components["schemas"]["media_kind"];
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List a project's pictures and films, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_item_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    post_media: {
        parameters: {
            query?: {
                project_id?: string;
                name?: string;
                alt_text?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Add a picture or film */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            422: components["responses"]["problem_422"];
            423: components["responses"]["problem_423"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_media_uploads_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress of an upload (tus) */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["upload_state"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            410: components["responses"]["problem_410"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_media_uploads_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description End an upload (tus) */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_media_uploads_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a part of an upload (tus) */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            410: components["responses"]["problem_410"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            423: components["responses"]["problem_423"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_media_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a picture or film */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_media_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a picture or film */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_media_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["describe_media_request"];
                "application/merge-patch+json": components["schemas"]["describe_media_request"];
            };
        };
        responses: {
            /** @description Name or describe a picture or film */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_media_by_id_uses: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the posts that show a picture or film */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_uses"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_media_files_by_token_by_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes of a picture or film, by a signed address that expires */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The bytes of a picture or film, by a signed address that expires */
            206: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            416: components["responses"]["problem_416"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_media_space: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show how much room the company's pictures and films take, and how much they may take */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_space"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_admin_media_storage: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show where this installation keeps pictures and films */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_storage"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_admin_media_storage_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Check whether pictures and films can be kept there */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["media_check"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_activity_ticket: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a ticket for the live stream */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ticket"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_activity_live: {
        parameters: {
            query: {
                ticket: string;
                cursor?: string;
                project_id?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Open the live stream */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            406: components["responses"]["problem_406"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_activity_events: {
        parameters: {
            query?: {
                cursor?: string;
                project_id?: string;
                limit?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Poll the live stream */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["polled_events"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_analytics_activity_stream: {
        parameters: {
            query?: {
                project_id?: string;
                limit?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the latest events, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["latest_events"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_calendar: {
        parameters: {
            query: {
                project_id: string;
                from: string;
                to: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a project's calendar */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["calendar_answer"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_calendar_feeds: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the calendar feeds that are not revoked, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["calendar_feed_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_calendar_feeds: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_feed_request"];
            };
        };
        responses: {
            /** @description Make a calendar feed */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["created_calendar_feed"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_calendar_feeds_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a calendar feed */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_calendar_ics_by_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a calendar feed */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar; charset=utf-8": string;
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
        };
    };
    get_campaigns: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
                status?: components["schemas"]["campaign_state"];
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the campaigns, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_campaigns: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_campaign_request"];
            };
        };
        responses: {
            /** @description Make a campaign */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_campaigns_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a campaign */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_campaigns_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a campaign */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_campaigns_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description The ETag of the version that you read. 412: it has changed since, and this call changes nothing. */
                "If-Match"?: components["parameters"]["if_match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_campaign_request"];
                "application/merge-patch+json": components["schemas"]["update_campaign_request"];
            };
        };
        responses: {
            /** @description Change a campaign */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_campaigns_by_id_activate: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Start or resume a campaign */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_campaigns_by_id_pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause a campaign */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_campaigns_by_id_complete: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Complete a campaign */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_campaigns_by_id_summary: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How a campaign's content and posts stand */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["campaign_summary"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_templates: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the templates, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_template_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_templates: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_template_request"];
            };
        };
        responses: {
            /** @description Make a template */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_template"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_templates_by_id: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a template */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_template"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_templates_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a template */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_templates_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description The ETag of the version that you read. 412: it has changed since, and this call changes nothing. */
                "If-Match"?: components["parameters"]["if_match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_template_request"];
                "application/merge-patch+json": components["schemas"]["update_template_request"];
            };
        };
        responses: {
            /** @description Change a template */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_template"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_templates_by_id_versions: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions of a template, latest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["template_versions"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_templates_by_id_preview: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["preview_template_request"];
            };
        };
        responses: {
            /** @description Preview a template, by platform */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["template_preview"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_templates_preview: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["preview_words_request"];
            };
        };
        responses: {
            /** @description Preview a template that is not saved yet, by platform */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["template_preview"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
                status?: components["schemas"]["content_state"];
                campaign_id?: string;
                rule_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the content, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_content_request"];
            };
        };
        responses: {
            /** @description Write content */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content_counts: {
        parameters: {
            query?: {
                project_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Count the content by state */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_counts"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read content */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_content_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete content */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_content_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description The ETag of the version that you read. 412: it has changed since, and this call changes nothing. */
                "If-Match"?: components["parameters"]["if_match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_content_request"];
                "application/merge-patch+json": components["schemas"]["update_content_request"];
            };
        };
        responses: {
            /** @description Change content */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content_by_id_versions: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions of content, latest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_versions"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_regenerate: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["regenerate_content_request"];
            };
        };
        responses: {
            /** @description Fill in the template of content again */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_submit: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["submit_content_request"];
            };
        };
        responses: {
            /** @description Hand content in */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_approve: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["approve_content_request"];
            };
        };
        responses: {
            /** @description Approve content */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_reject: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["reject_content_request"];
            };
        };
        responses: {
            /** @description Reject content, with a reason */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["item"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content_by_id_approval: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress of content's approval, and the decisions so far */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_approval"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content_by_id_comments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comments on content, oldest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["comment_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_comments: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["add_comment_request"];
            };
        };
        responses: {
            /** @description Comment on content */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["comment"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_content_by_id_comments_by_comment_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
                comment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a comment of mine */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_schedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["schedule_content_request"];
            };
        };
        responses: {
            /** @description Schedule content */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["scheduled_content"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_publish_now: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["publish_content_request"];
            };
        };
        responses: {
            /** @description Publish content now */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["scheduled_content"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["check_content_request"];
            };
        };
        responses: {
            /** @description Check whether content could be scheduled for a time */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_check"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_content_by_id_review_links: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The review links of content, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["review_link_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_content_by_id_review_links: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_review_link_request"];
            };
        };
        responses: {
            /** @description Make a review link */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["created_review_link"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_content_by_id_review_links_by_link_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
                link_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke a review link */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_review_by_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read what a link for review shows */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_review"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    post_review_by_secret_comments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["review_comment_request"];
            };
        };
        responses: {
            /** @description Comment by a link */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_review"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    post_review_by_secret_approve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["review_approval_request"];
            };
        };
        responses: {
            /** @description Approve by a link */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_review"];
                };
            };
            400: components["responses"]["problem_400"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    post_review_by_secret_reject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["review_rejection_request"];
            };
        };
        responses: {
            /** @description Reject by a link */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["content_review"];
                };
            };
            400: components["responses"]["problem_400"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    get_projects_by_id_guardrails: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The guardrails of a project, and who must approve */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["settings"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_projects_by_id_guardrails: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description The ETag of the version that you read. 412: it has changed since, and this call changes nothing. */
                "If-Match"?: components["parameters"]["if_match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["put_guardrails_request"];
            };
        };
        responses: {
            /** @description Set the guardrails of a project, and who must approve */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["settings"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            412: components["responses"]["problem_412"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_projects_by_id_guardrails_held: {
        parameters: {
            query?: {
                days?: number;
                limit?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the guardrails of a project held back */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["guardrails_held"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_projects_by_id_guardrails_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["check_guardrails_request"];
            };
        };
        responses: {
            /** @description Check a text and a time against the guardrails */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["guardrails_check"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_rules: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
                campaign_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List automation rules, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rule_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["create_rule_request"];
            };
        };
        responses: {
            /** @description Make an automation rule */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rule"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_rules_preview: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["preview_rule_request"];
            };
        };
        responses: {
            /** @description Preview the next runs of a schedule */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["moment_preview"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_rules_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read an automation rule */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rule"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_automation_rules_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove an automation rule */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_automation_rules_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["update_rule_request"];
                "application/merge-patch+json": components["schemas"]["update_rule_request"];
            };
        };
        responses: {
            /** @description Change an automation rule */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rule"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_rules_by_id_versions: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions of a rule, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["version_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_rules_by_id_enable: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switch a rule on */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rule"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_rules_by_id_disable: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switch a rule off */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["rule"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_rules_by_id_run_now: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Run a rule now */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_rules_by_id_dry_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["dry_run_request"];
            };
        };
        responses: {
            /** @description Try a rule out */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["dry_run"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_runs: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                project_id?: string;
                rule_id?: string;
                status?: components["schemas"]["run_state"];
                post_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List runs of rules, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_runs_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a run */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_runs_by_id_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a run decided, step by step */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["step_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_runs_by_id_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel a run */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_runs_by_id_retry: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Retry a run that failed or was held back */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["run"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_analytics_publishing_summary: {
        parameters: {
            query: {
                project_id: string;
                range?: string;
                channel_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read what was published, in figures and a sentence */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["publishing_summary"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_analytics_publishing_timeseries: {
        parameters: {
            query: {
                project_id: string;
                range?: string;
                channel_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read what was published, by day */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["publishing_timeseries"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_analytics_publishing_export: {
        parameters: {
            query: {
                project_id: string;
                range?: string;
                channel_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export every outcome as CSV */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_ai_budget: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the company may spend on AI this month */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ai_budget"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_ai_budget: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["set_ai_budget"];
            };
        };
        responses: {
            /** @description Set the company's own monthly AI budget, stricter than the installation's */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ai_budget"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_ai_usage: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What AI requests have used, by month, purpose and model */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ai_usage"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description My settings for likes and comments in my name */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_settings"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_automation_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["change_settings"];
            };
        };
        responses: {
            /** @description Change my settings */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_settings"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_automation_avoid_phrases: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The phrases that my company avoids */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["phrase_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_avoid_phrases: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new_phrase"];
            };
        };
        responses: {
            /** @description Add a phrase to avoid */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["avoid_phrase"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_automation_avoid_phrases_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a phrase to avoid */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_generate_comment: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["preview_request"];
            };
        };
        responses: {
            /** @description Preview a comment in my voice */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["comment_preview"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_pages: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the pages that are tracked, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_page_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_tracked_pages: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["track_page_request"];
            };
        };
        responses: {
            /** @description Track a company's page */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_pages_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show a tracked page */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_tracked_pages_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop tracking a page; acts that wait under its posts are skipped */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    patch_tracked_pages_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["change_page_request"];
                "application/merge-patch+json": components["schemas"]["change_page_request"];
            };
        };
        responses: {
            /** @description Change a tracked page: its name, and how its posts are spread */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_pages_by_id_posts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the posts found on a page, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_post_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_tracked_pages_by_id_posts: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["bring_post_request"];
            };
        };
        responses: {
            /** @description Add a post of a page by its address */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_post"];
                };
            };
            /** @description Add a post of a page by its address */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tracked_post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_tracked_pages_by_id_poll: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Look for new posts of a page now */
            202: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["poll_status"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_pages_by_id_poll_status: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show the state of polling a page */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["poll_status"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_pages_by_id_subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How I follow a tracked page */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["page_subscription"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_tracked_pages_by_id_subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["subscription_request"];
            };
        };
        responses: {
            /** @description Change how I follow a tracked page */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["page_subscription"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_tracked_pages_by_id_subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["subscription_request"];
            };
        };
        responses: {
            /** @description Follow a tracked page: like or comment on its posts */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["page_subscription"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_tracked_pages_by_id_subscribe: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unfollow a tracked page; my waiting acts there are skipped */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_tracked_pages_import: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["import_request"];
            };
        };
        responses: {
            /** @description Track many pages at once, from CSV or XLSX */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["import_result"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_engagements: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                scope?: components["schemas"]["engagement_scope"];
                state?: components["schemas"]["engagement_state"][];
                page_id?: string;
                post_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List likes and comments, mine or the company's */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_engagement_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_engagements_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show a like or comment */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_engagement"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_engagements_by_id_explain: {
        parameters: {
            query?: {
                time_zone?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Explain the state of a like or comment, and its next step */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["engagement_explanation"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_engagements_by_id_confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["confirm_request"];
            };
        };
        responses: {
            /** @description Confirm a like or comment of mine */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_engagement"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_engagements_by_id_edit: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["edit_request"];
            };
        };
        responses: {
            /** @description Change the words or the reaction of a like or comment of mine */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_engagement"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_engagements_by_id_skip: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["skip_request"];
            };
        };
        responses: {
            /** @description Do not like or comment here */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["shown_engagement"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_confirmation_links_by_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the act that a mailed link asks about */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["linked_act"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    post_confirmation_links_by_secret_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["link_answer"];
            };
        };
        responses: {
            /** @description Confirm the act by the link */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["linked_act"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    post_confirmation_links_by_secret_skip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Skip the act by the link */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["linked_act"];
                };
            };
            400: components["responses"]["problem_400"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            429: components["responses"]["problem_429"];
        };
    };
    get_automation_webhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The chats that notify me and my company of waiting acts */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["hook_list"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_webhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new_hook_request"];
            };
        };
        responses: {
            /** @description Notify me in a chat */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["chat_hook"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_automation_webhooks_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop notifying me in this chat */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_webhooks_by_id_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a test message to this chat */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_company_webhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
                /** @description A structured-field string, `"8e03978e"`, or the bare token. A repeated request with the same key creates nothing and gets the first answer again, for 24 hours. 409: the first is still running. 422: the key was used for another request. */
                "Idempotency-Key"?: components["parameters"]["idempotency_key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["new_hook_request"];
            };
        };
        responses: {
            /** @description Notify the company in a chat */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    Location: components["headers"]["location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["chat_hook"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            409: components["responses"]["problem_409"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    delete_automation_company_webhooks_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stop notifying the company in this chat */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_automation_company_webhooks_by_id_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send a test message to this chat */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            409: components["responses"]["problem_409"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_engagements_analytics: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Likes and comments of the company's people: by member, team, page and week */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["engagement_figures"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_engagements_analytics_export: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures of engagement as CSV */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv; charset=utf-8; header=present": string;
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_engagements_leaderboard: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The leaderboard of likes and comments, unless the company has switched it off */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["engagement_leaderboard"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    put_engagements_leaderboard: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["leaderboard_switch"];
            };
        };
        responses: {
            /** @description Switch the leaderboard on or off */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["engagement_leaderboard"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_posts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                page_id?: string;
            };
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the posts found on all tracked pages, newest first */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["feed_post_page"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    get_tracked_posts_by_id: {
        parameters: {
            query?: never;
            header?: {
                /** @description May repeat the company of the access token; another one is refused. */
                "X-Tenant-ID"?: components["parameters"]["tenant"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Show a post that was found */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["feed_post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            422: components["responses"]["problem_422"];
            503: components["responses"]["problem_503"];
        };
    };
    post_webhooks_whatsapp_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["link_message"];
            };
        };
        responses: {
            /** @description Take a post's address from the WhatsApp sidecar */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["request_id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["brought_post"];
                };
            };
            400: components["responses"]["problem_400"];
            401: components["responses"]["problem_401"];
            403: components["responses"]["problem_403"];
            404: components["responses"]["problem_404"];
            413: components["responses"]["problem_413"];
            415: components["responses"]["problem_415"];
            422: components["responses"]["problem_422"];
        };
    };
}
