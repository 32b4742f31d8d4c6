// Generated from /v1/openapi.json; `UPDATE_DOCS=1 npm run jest -- --testPathPatterns web-client` writes it anew.
export interface paths {
    "/v1/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["enterSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/verify-email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/security": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["getSecurity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/begin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["beginSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["confirmSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/second-factor/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["removeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/facebook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["startFacebookSignIn"];
        put?: never;
        post?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        delete: operations["unlinkFacebook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description Permission `organization.change`: owner, admin. */
        put: operations["requireSecondFactor"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/facebook/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["finishFacebookSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `api-keys.manage`: owner, admin, support, member. */
        get: operations["listApiKeys"];
        put?: never;
        /** @description Permission `api-keys.manage`: owner, admin, support, member. */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `api-keys.manage`: owner, admin, support, member. */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `audit.read`: owner, admin, support. */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-log/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `audit.read`: owner, admin, support. */
        get: operations["listAuditOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-log.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `audit.read`: owner, admin, support. */
        get: operations["exportAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listWorkspaces"];
        put?: never;
        /** @description Permission `workspaces.manage`: owner, admin. */
        post: operations["createWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Permission `workspace.change`: owner, admin, manager. */
        patch: operations["updateWorkspace"];
        trace?: never;
    };
    "/v1/workspaces/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `workspace.change`: owner, admin, manager. */
        post: operations["pauseWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `workspace.change`: owner, admin, manager. */
        post: operations["resumeWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `workspaces.manage`: owner, admin. */
        post: operations["archiveWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `workspaces.manage`: owner, admin. */
        post: operations["restoreWorkspace"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listWorkspaceMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Permission `organization.change`: owner, admin. */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/v1/organizations/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.transfer`: owner. */
        post: operations["transferOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["leaveOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.pause`: owner. */
        post: operations["pauseOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.pause`: owner. */
        post: operations["resumeOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `members.read`: owner, admin, support. */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `members.manage`: owner, admin. */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** @description Permission `members.manage`: owner, admin. */
        patch: operations["updateMember"];
        trace?: never;
    };
    "/v1/me/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["listMyOrganizations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/switch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["switchOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `members.read`: owner, admin, support. */
        get: operations["listInvitations"];
        put?: never;
        /** @description Permission `members.manage`: owner, admin. */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/invitations/{invitationId}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `members.manage`: owner, admin. */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `members.manage`: owner, admin. */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invitations/{token}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["listPlatforms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["getSetup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["listApps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation/apps/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        put: operations["putApp"];
        post?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        delete: operations["deleteApp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/{platform}/callbacks/data-deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["requestDataDeletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/{platform}/callbacks/deauthorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["deauthorizeAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/{platform}/callbacks/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["verifyWebhook"];
        put?: never;
        post: operations["receiveWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listConnections"];
        put?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        post: operations["createConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listOrganizationConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        delete: operations["deleteConnection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `channels.manage`: owner, admin, manager. */
        get: operations["listPlaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        post: operations["addChannels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}/reconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `channels.manage`: owner, admin, manager. */
        get: operations["getReconnection"];
        put?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        post: operations["beginReconnection"];
        /** @description Permission `channels.manage`: owner, admin, manager. */
        delete: operations["deleteReconnection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{id}/reconnect/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        post: operations["confirmReconnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/oauth/{platform}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["finishConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getChannelUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        get: operations["getChannelTerms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/lookups/{setting}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        get: operations["lookUpChannelSetting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        post: operations["pauseChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        post: operations["resumeChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `channels.manage`: owner, admin, manager. */
        delete: operations["deleteChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/media/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listMediaFolders"];
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["createMediaFolder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        delete: operations["deleteMediaFolder"];
        options?: never;
        head?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        patch: operations["updateMediaFolder"];
        trace?: never;
    };
    "/v1/workspaces/{id}/media/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getMediaQuota"];
        /** @description Permission `storage.manage`: owner, admin. */
        put: operations["setMediaQuota"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listMedia"];
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["uploadMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/media/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listMediaTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/media/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["actOnMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getMedia"];
        put?: never;
        post?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        delete: operations["deleteMedia"];
        options?: never;
        head?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        patch: operations["updateMedia"];
        trace?: never;
    };
    "/v1/media/{id}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listMediaUses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listMediaVersions"];
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["addMediaVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/media/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getMediaContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["createUpload"];
        delete?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        options: operations["describeUploads"];
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        delete: operations["deleteUpload"];
        options?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        head: operations["headUpload"];
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        patch: operations["patchUpload"];
        trace?: never;
    };
    "/v1/renditions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getRendition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/renditions/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getRenditionContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/renditions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["cancelRendition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/renditions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["retryRendition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listPosts"];
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["createPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/posts/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        post: operations["validatePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getPost"];
        put?: never;
        post?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        delete: operations["deletePost"];
        options?: never;
        head?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        patch: operations["updatePost"];
        trace?: never;
    };
    "/v1/posts/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getPostMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/approval-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getApprovalWorkflow"];
        /** @description Permission `workspace.change`: owner, admin, manager. */
        put: operations["setApprovalWorkflow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/approval/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["requestApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/approval/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.approve`: owner, admin, manager, approver. */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["listAbsences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organizations/{id}/members/{userId}/absence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["getAbsence"];
        /** @description Permission `organization.read`: owner, admin, support, member. */
        put: operations["putAbsence"];
        post?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        delete: operations["deleteAbsence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["countApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.approve`: owner, admin, manager, approver. */
        post: operations["decideApprovals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/review-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `posts.share`: owner, admin, manager, author. */
        get: operations["listReviewLinks"];
        put?: never;
        /** @description Permission `posts.share`: owner, admin, manager, author. */
        post: operations["createReviewLink"];
        /** @description Permission `posts.share`: owner, admin, manager, author. */
        delete: operations["revokeReviewLinks"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/review-links/{linkId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `posts.share`: owner, admin, manager, author. */
        delete: operations["revokeReviewLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/{token}/passcode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["enterReviewPasscode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/{token}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["decideReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/{token}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["commentReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/{token}/media/{mediaId}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReviewMediaContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/review/{token}/renditions/{renditionId}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReviewRenditionContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/posts/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listComments"];
        put?: never;
        /** @description Permission `posts.comment`: owner, admin, support, manager, author, approver, viewer. */
        post: operations["createComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/comments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Permission `posts.comment`: owner, admin, support, manager, author, approver, viewer. */
        delete: operations["deleteComment"];
        options?: never;
        head?: never;
        /** @description Permission `posts.comment`: owner, admin, support, manager, author, approver, viewer. */
        patch: operations["updateComment"];
        trace?: never;
    };
    "/v1/workspaces/{id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listCalendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getPublication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getPublicationLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["retryPublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["holdPublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["releasePublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["reconcilePublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["cancelPublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["resolvePublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["removePublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/publications/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `posts.write`: owner, admin, manager, author. */
        post: operations["editPublication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{id}/spending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getWorkspaceSpending"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support/publications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listPublicationsNeedingAttention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support/causes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listCauses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support/delays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listDelays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support/actions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["previewSupportAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/support/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `publications.mend`: owner, admin, manager, author, support. */
        post: operations["carryOutSupportAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["readNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `organization.read`: owner, admin, support, member. */
        post: operations["readNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/notification-preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `organization.read`: owner, admin, support, member. */
        get: operations["getNotificationPreferences"];
        /** @description Permission `organization.read`: owner, admin, support, member. */
        put: operations["putNotificationPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `webhooks.manage`: owner, admin. */
        get: operations["listWebhookEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `webhooks.manage`: owner, admin. */
        get: operations["listWebhooks"];
        put?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `webhooks.manage`: owner, admin. */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `webhooks.manage`: owner, admin. */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        post: operations["repeatWebhookDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `webhooks.manage`: owner, admin. */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{deliveryId}/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Permission `webhooks.manage`: owner, admin. */
        post: operations["repeatWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practice/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["listPracticePosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/practice/media/{digest}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Permission `workspace.read`: owner, admin, support, manager, author, approver, viewer. */
        get: operations["getPracticeMedia"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getReadiness"];
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
        get: operations["getMetrics"];
        put?: never;
        post?: never;
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
        SignUpDto: {
            /** Format: email */
            email: string;
            /** @description Not the e-mail address. */
            password: string;
            /** @description Your own name. */
            name: string;
            /** @description Your company; also the name of the first workspace. */
            organization: string;
            /**
             * @description IANA time zone.
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone: string;
        };
        UserDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
        };
        OrganizationDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Somebody stopped it: everything that is scheduled is held until it is resumed. */
            paused: boolean;
        };
        WorkspaceReferenceDto: {
            /** Format: uuid */
            id: string;
        };
        SignedUpDto: {
            user: components["schemas"]["UserDto"];
            organization: components["schemas"]["OrganizationDto"];
            workspace: components["schemas"]["WorkspaceReferenceDto"];
        };
        LogInDto: {
            /** Format: email */
            email: string;
            password: string;
        };
        LoggedInDto: {
            /** @description Whether a code is asked for before anything else. */
            secondFactor: boolean;
            /** @description Who is signed in; not while a code is asked for. */
            user?: components["schemas"]["UserDto"];
            /** @description Where; not while a code is asked for. */
            organization?: components["schemas"]["OrganizationDto"];
        };
        SecondFactorCodeDto: {
            /** @description Six digits from the app, or a recovery code. */
            code: string;
        };
        InstallationDto: {
            /** @description The operator stopped everything: what is scheduled is held until it is resumed. */
            paused: boolean;
            /** @description Why, in the operator’s words. */
            reason: string | null;
        };
        WorkspaceDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @example Europe/Berlin */
            timeZone: string;
            /**
             * @description How late a publication may go out, in minutes; later than that it is held.
             * @example 1440
             */
            lateLimitMinutes: number;
            /** @description Somebody stopped it: everything that is scheduled is held until it is resumed. */
            paused: boolean;
            /** @description It is put away: nothing is written or published in it until it is restored. */
            archived: boolean;
            /** Format: date-time */
            createdAt: string;
            /** @description What you may do in it. */
            may: ("workspace.read" | "workspace.change" | "channels.manage" | "posts.write" | "posts.comment" | "posts.share" | "posts.approve" | "publications.mend")[];
        };
        MeDto: {
            user: components["schemas"]["UserDto"];
            organization: components["schemas"]["OrganizationDto"];
            installation: components["schemas"]["InstallationDto"];
            /** @enum {string} */
            role: "owner" | "admin" | "support" | "member";
            /** @description Whether you run this installation, and may enter its apps at the networks. */
            operator: boolean;
            /** @description What you may do in the organization; what in a workspace, each of them says. */
            may: ("organization.read" | "organization.change" | "organization.pause" | "organization.transfer" | "members.read" | "members.manage" | "audit.read" | "api-keys.manage" | "api-keys.oversee" | "webhooks.manage" | "workspaces.manage" | "storage.manage")[];
            workspaces: components["schemas"]["WorkspaceDto"][];
        };
        AskForResetDto: {
            /** Format: email */
            email: string;
        };
        ResetPasswordDto: {
            /** @description What stands behind “#” in the link of the mail. */
            token: string;
            /** @description Not the e-mail address. */
            password: string;
        };
        ChangePasswordDto: {
            currentPassword: string;
            /** @description Not the e-mail address. */
            newPassword: string;
        };
        MailedTokenDto: {
            /** @description What stands behind “#” in the link of the mail. */
            token: string;
        };
        SecurityDto: {
            /** @description Whether your e-mail address is known to be yours. */
            emailVerified: boolean;
            /**
             * Format: date-time
             * @description Null without a second factor.
             */
            secondFactorSince: string | null;
            /** @description How many recovery codes are left. */
            recoveryCodes: number;
            /** @description Whether your organization asks its members for a second factor. */
            secondFactorRequired: boolean;
            /** @description Whether you may sign in with Facebook. */
            facebook: boolean;
        };
        ProofDto: {
            /** @description Your password, once more. */
            password: string;
        };
        NewSecondFactorDto: {
            /** @description Base 32, for typing where nothing can be scanned. */
            secret: string;
            /** @description `otpauth://`, for an app on the same device. */
            address: string;
            /** @description The same as a QR code, in SVG. */
            qrCode: string;
        };
        RecoveryCodesDto: {
            /** @description Shown this once. Each is good for one sign-in without the app. */
            recoveryCodes: string[];
        };
        SessionDto: {
            /** Format: uuid */
            id: string;
            /** @example Firefox on Windows */
            device: string;
            /** @description Where it signed in from. */
            ip: string | null;
            /** Format: date-time */
            signedInAt: string;
            /**
             * Format: date-time
             * @description Accurate to a minute.
             */
            lastSeenAt: string;
            /** @description The one that asks. */
            current: boolean;
        };
        SessionsDto: {
            data: components["schemas"]["SessionDto"][];
        };
        RequireSecondFactorDto: {
            required: boolean;
        };
        FacebookSignInDto: {
            /** @description Whether people may sign in with Facebook here. */
            available: boolean;
            /** @description On the practice network: whoever is asked there is whoever they say. */
            practice: boolean;
        };
        OutsidePersonDto: {
            name: string;
            email: string | null;
        };
        SignInOptionsDto: {
            facebook: components["schemas"]["FacebookSignInDto"];
            /** @description Who came from Facebook with this browser and has no account yet, or has to show the password once. */
            identity: components["schemas"]["OutsidePersonDto"] | null;
        };
        CreateApiKeyDto: {
            /** @description What the key is for; the publishing log names it. */
            name: string;
            /** @description Only for these workspaces; for every one of yours when left out. */
            workspaces?: string[];
            /** @description Only for this; for everything that you may do when left out. `workspace.read` comes with every other permission in workspaces. */
            actions?: ("organization.read" | "organization.change" | "organization.pause" | "organization.transfer" | "members.read" | "members.manage" | "audit.read" | "api-keys.manage" | "api-keys.oversee" | "webhooks.manage" | "workspaces.manage" | "storage.manage" | "workspace.read" | "workspace.change" | "channels.manage" | "posts.write" | "posts.comment" | "posts.share" | "posts.approve" | "publications.mend")[];
            /**
             * Format: date-time
             * @description When it ends; when it is revoked, if left out.
             */
            expiresAt?: string;
        };
        NewApiKeyDto: {
            /** Format: uuid */
            id: string;
            /** @description Shown this once. Send it as `Authorization: Bearer <key>`. */
            key: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
        };
        ApiKeyMemberDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        ApiKeyDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Whose it is; null for somebody who has left: then it opens nothing. */
            member: components["schemas"]["ApiKeyMemberDto"] | null;
            /** @description The workspaces it is for; null = every one of its member. */
            workspaces: string[] | null;
            /** @description What it is for; null = everything that its member may do. */
            actions: ("organization.read" | "organization.change" | "organization.pause" | "organization.transfer" | "members.read" | "members.manage" | "audit.read" | "api-keys.manage" | "api-keys.oversee" | "webhooks.manage" | "workspaces.manage" | "storage.manage" | "workspace.read" | "workspace.change" | "channels.manage" | "posts.write" | "posts.comment" | "posts.share" | "posts.approve" | "publications.mend")[] | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends; null = when it is revoked.
             */
            expiresAt: string | null;
            /** @description Whether it has ended by its time. */
            expired: boolean;
            /**
             * Format: date-time
             * @description Accurate to a minute.
             */
            lastUsedAt: string | null;
        };
        AuditActorDto: {
            /**
             * Format: uuid
             * @description Null where nobody who is a user did it.
             */
            userId: string | null;
            /** @description The person’s, the API key’s or the operator’s. */
            name: string;
            /**
             * @description `operator` = support staff of this installation.
             * @enum {string}
             */
            via: "session" | "api-key" | "operator" | "sign-in" | "review-link";
            /** Format: uuid */
            apiKeyId: string | null;
        };
        AuditSubjectDto: {
            /** @example workspace */
            type: string;
            id: string;
            /** @description As it was called then. */
            name: string | null;
        };
        AuditEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["AuditActorDto"];
            /** @example updateWorkspace */
            operation: string;
            /**
             * @description The same for people: between who and what.
             * @example changed the workspace
             */
            words: string;
            /** @description The permission under which it was done. */
            permission: string | null;
            subject: components["schemas"]["AuditSubjectDto"] | null;
            /**
             * Format: uuid
             * @description If it was done in one workspace alone.
             */
            workspaceId: string | null;
            /**
             * @description What is worth telling. `changes` = each fact before and after.
             * @example {
             *       "changes": {
             *         "timeZone": {
             *           "from": "UTC",
             *           "to": "Europe/Berlin"
             *         }
             *       }
             *     }
             */
            details: {
                [key: string]: unknown;
            };
            ip: string | null;
            userAgent: string | null;
        };
        AuditOperationDto: {
            /** @example updateWorkspace */
            operation: string;
            /** @example changed the workspace */
            words: string;
        };
        AuditOperationsDto: {
            data: components["schemas"]["AuditOperationDto"][];
        };
        CreateWorkspaceDto: {
            name: string;
            /**
             * @description IANA time zone.
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone: string;
        };
        UpdateWorkspaceDto: {
            name?: string;
            /**
             * @description IANA time zone.
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @description How late a publication may go out, in minutes; later than that it is held. 0 = on time only, which leaves a minute and a half for sending. */
            lateLimitMinutes?: number;
        };
        ColleagueDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description The role in the workspace, or in the organization where that one counts everywhere.
             * @enum {string}
             */
            role: "owner" | "admin" | "support" | "member" | "manager" | "author" | "approver" | "viewer";
        };
        CreateOrganizationDto: {
            name: string;
            /**
             * @description IANA time zone.
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description The name of the first workspace; the organization’s where it is left out. */
            workspace?: string;
        };
        CreatedOrganizationDto: {
            organization: components["schemas"]["OrganizationDto"];
            workspace: components["schemas"]["WorkspaceReferenceDto"];
        };
        UpdateOrganizationDto: {
            name: string;
        };
        TransferOrganizationDto: {
            /**
             * Format: uuid
             * @description The member who becomes the owner.
             */
            userId: string;
        };
        NamedWorkspaceShareDto: {
            /**
             * Format: uuid
             * @description The workspace’s.
             */
            id: string;
            /** @enum {string} */
            role: "manager" | "author" | "approver" | "viewer";
            name: string;
        };
        MemberDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            /** @enum {string} */
            role: "owner" | "admin" | "support" | "member";
            /** Format: date-time */
            since: string;
            /** @description What a member is where; empty for the other roles, who work in every workspace. */
            workspaces: components["schemas"]["NamedWorkspaceShareDto"][];
        };
        WorkspaceShareDto: {
            /**
             * Format: uuid
             * @description The workspace’s.
             */
            id: string;
            /** @enum {string} */
            role: "manager" | "author" | "approver" | "viewer";
        };
        UpdateMemberDto: {
            /** @enum {string} */
            role?: "owner" | "admin" | "support" | "member";
            /** @description All of them: a workspace that is not named is taken away. For the role member alone. */
            workspaces?: components["schemas"]["WorkspaceShareDto"][];
        };
        MembershipDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description What you are in it.
             * @enum {string}
             */
            role: "owner" | "admin" | "support" | "member";
            /** @description Whether you are in this one now. */
            current: boolean;
        };
        MembershipsDto: {
            data: components["schemas"]["MembershipDto"][];
        };
        SwitchOrganizationDto: {
            /** Format: uuid */
            organizationId: string;
        };
        SignedInDto: {
            user: components["schemas"]["UserDto"];
            organization: components["schemas"]["OrganizationDto"];
        };
        InvitationDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            /** @enum {string} */
            role: "owner" | "admin" | "support" | "member";
            workspaces: components["schemas"]["NamedWorkspaceShareDto"][];
            /** @description The name of whoever invited. */
            inviter: string;
            /**
             * Format: date-time
             * @description When its mail was last written.
             */
            sentAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Its time has run out. Sent again, it can be accepted again. */
            expired: boolean;
        };
        CreateInvitationDto: {
            /** Format: email */
            email: string;
            /** @enum {string} */
            role: "owner" | "admin" | "support" | "member";
            /**
             * @description What a member is to be where. For the role member alone: the others work in every workspace.
             * @default []
             */
            workspaces: components["schemas"]["WorkspaceShareDto"][];
        };
        InvitingOrganizationDto: {
            name: string;
        };
        InvitedWorkspaceDto: {
            name: string;
            /** @enum {string} */
            role: "manager" | "author" | "approver" | "viewer";
        };
        InvitationCardDto: {
            organization: components["schemas"]["InvitingOrganizationDto"];
            /** @description The name of whoever invited. */
            inviter: string;
            /** Format: email */
            email: string;
            /** @enum {string} */
            role: "owner" | "admin" | "support" | "member";
            workspaces: components["schemas"]["InvitedWorkspaceDto"][];
            /** Format: date-time */
            expiresAt: string;
            /** @description Whether there is an account with this address: then accept with its password or signed in, else with a new one. */
            hasAccount: boolean;
        };
        AcceptInvitationDto: {
            /** @description Your name, where there is no account yet. */
            name?: string;
            /** @description Of the new account, where there is none yet; else of the account, from whoever is not signed in. */
            password?: string;
        };
        FormLinkDto: {
            text: string;
            /** Format: uri */
            url: string;
        };
        FieldBarDto: {
            /** @description The name of the other setting. */
            setting: string;
            values: (string | boolean)[];
            /** @description Why not, for people. */
            why: string;
        };
        FormOptionDto: {
            value: string;
            label: string;
            /** @description It may not be chosen then. */
            barred?: components["schemas"]["FieldBarDto"];
        };
        FieldConditionDto: {
            /** @description The name of the other setting. */
            setting: string;
            values: (string | boolean)[];
        };
        FieldWhenOnDto: {
            text: string;
            /** @description Not told then. */
            unless?: components["schemas"]["FieldConditionDto"];
        };
        FormFieldDto: {
            name: string;
            label: string;
            /**
             * @description `texts` = a list of texts. `lookup` = `{value, label}` of what `GET /v1/channels/{id}/lookups/{name}` finds. `marks` = a list of `{media, x, y, text}`: names on images; `media` counts the files from 0, `x` and `y` are 0 to 1. `date` = `2026-12-31`; `time` = `18:30`; `consent` = `true`, which the person has to agree to by hand.
             * @enum {string}
             */
            type: "text" | "url" | "secret" | "boolean" | "select" | "number" | "texts" | "lookup" | "marks" | "date" | "time" | "consent";
            required: boolean;
            help?: string;
            placeholder?: string;
            /** @description Of a `consent`: where what words of its label name can be read. Each `text` stands in the label. */
            links?: components["schemas"]["FormLinkDto"][];
            /** @description The choices of a `select` field. */
            options?: components["schemas"]["FormOptionDto"][];
            default?: string | number | boolean;
            /** @description Of a `boolean`: it may not be switched on then. */
            barred?: components["schemas"]["FieldBarDto"];
            /** @description Of a `boolean`: what people are told once it is on, and not before. */
            whenOn?: components["schemas"]["FieldWhenOnDto"];
            /** @description In UTF-16 units; of each item of `texts` and `marks`. */
            maxLength?: number;
            /** @description A `text` may have several lines. */
            multiline?: boolean;
            /** @description Of a `lookup`: an empty query finds everything that there is to choose from. */
            listed?: boolean;
            /** @description Of a `lookup`: the name of the setting whose choice decides what is found here. It is chosen anew after that one. */
            dependsOn?: string;
            /** @description Of a `number`. */
            min?: number;
            /** @description Of a `number`. */
            max?: number;
            /** @description Of `texts` and `marks`. */
            minItems?: number;
            /** @description Of `texts` and `marks`. */
            maxItems?: number;
            /** @description Asked for and sent only then. Absent = always. */
            when?: components["schemas"]["FieldConditionDto"];
            /** @description Neither asked for nor sent then. */
            unless?: components["schemas"]["FieldConditionDto"];
            /**
             * @description Asked for and sent only with files of this kind; also while there is no file at all. Absent = with any.
             * @enum {string}
             */
            onlyWith?: "image" | "video";
        };
        CredentialsConnectDto: {
            /** @enum {string} */
            type: "credentials";
            fields: components["schemas"]["FormFieldDto"][];
        };
        ConnectWayDto: {
            id: string;
            label: string;
            /** @description When to choose it. */
            help: string;
            /** @description Under which name the operator entered the app. */
            app: string;
            scopes: string[];
            requiredScopes: string[];
            /** @description How the person takes the permission away on the platform, where it takes none back from a program. */
            revokeByHand?: string;
        };
        OauthConnectDto: {
            /** @enum {string} */
            type: "oauth";
            /** @description What is asked for. */
            scopes: string[];
            /** @description Without these nothing can be published. */
            requiredScopes: string[];
            /** @description Under which name the operator entered the app. Absent = the platform’s id. */
            app?: string;
            /** @description Where there are several; the first is offered first. */
            ways?: components["schemas"]["ConnectWayDto"][];
        };
        /** @enum {string} */
        CountingUnit: "graphemes" | "code-points" | "utf16" | "bytes" | "weighted";
        LinkInTextDto: {
            /** @description Beside files. */
            media: boolean;
            /** @description Names of settings: while one of them is filled in. */
            settings: string[];
        };
        CountedLinkDto: {
            /** @description What is sent between text and link. */
            separator: string;
            /** @description Only beside these; absent = always. */
            onlyWith?: components["schemas"]["LinkInTextDto"];
        };
        TextLimitDto: {
            max: number;
            unit: components["schemas"]["CountingUnit"];
            /** @description Where a video is attached. */
            maxWithVideo?: number;
            /** @description Every URL counts as this many, however long it is. */
            urlLength?: number;
            /** @description A second limit, in UTF-8 bytes. */
            maxBytes?: number;
            /** @description The link is sent behind the text and counts with it, unless the text holds it already. */
            countsLink?: components["schemas"]["CountedLinkDto"];
            /** @description Names of settings whose text counts as well. */
            countsSettings?: string[];
            /** @description An emoji counts as its bytes in UTF-8. */
            emojiAsBytes?: boolean;
            /** @description Of a mention `@name@server` only `@name` counts. */
            shortMentions?: boolean;
            /**
             * @description What counts is the text as it is written for the platform, with its reserved characters escaped.
             * @enum {string}
             */
            encoding?: "little-text";
            /** @description May the text be empty when there is media or a link? */
            emptyWithAttachment: boolean;
            /** @description May the text be empty with nothing else at all? */
            emptyAlone: boolean;
        };
        LinkLimitDto: {
            supported: boolean;
            maxLength?: number;
            /** @description Whether a post may have a link and media. */
            withMedia: boolean;
        };
        AspectRangeDto: {
            /** @description Width divided by height. */
            min: number;
            /** @description Width divided by height. */
            max: number;
        };
        ImageLimitDto: {
            /**
             * @example [
             *       "image/jpeg"
             *     ]
             */
            types: string[];
            maxBytes: number;
            /** @description Of an animation, where that is another number. */
            maxAnimationBytes?: number;
            /** @description In pixels. */
            maxWidth?: number;
            /** @description In pixels. */
            maxHeight?: number;
            /** @description Width times height. */
            maxPixels?: number;
            /** @description In pixels. */
            minWidth?: number;
            /** @description In pixels. */
            minHeight?: number;
            /** @description Absent = any shape. */
            aspect?: components["schemas"]["AspectRangeDto"];
        };
        VideoLimitDto: {
            /**
             * @example [
             *       "video/mp4"
             *     ]
             */
            types: string[];
            videoCodecs: ("h264" | "hevc" | "vp8" | "vp9" | "av1")[];
            audioCodecs: ("aac" | "mp3" | "opus" | "vorbis")[];
            maxBytes: number;
            /** @description In milliseconds. */
            minDurationMs?: number;
            /** @description In milliseconds. */
            maxDurationMs?: number;
            /** @description Frames a second. */
            minFrameRate?: number;
            /** @description Frames a second. */
            maxFrameRate?: number;
            /** @description In pixels. */
            minWidth?: number;
            /** @description In pixels. */
            minHeight?: number;
            /** @description In pixels. */
            maxWidth?: number;
            /** @description In pixels. */
            maxHeight?: number;
            /** @description Of the longer side, in pixels. */
            maxLongSide?: number;
            /** @description Of the shorter side, in pixels. */
            maxShortSide?: number;
            /** @description Width times height. */
            maxPixels?: number;
            /** @description Absent = any shape. */
            aspect?: components["schemas"]["AspectRangeDto"];
            /** @description Bits a second. */
            maxVideoBitRate?: number;
            /** @description Bits a second. */
            maxAudioBitRate?: number;
            /** @description Hertz. */
            maxAudioSampleRate?: number;
            maxAudioChannels?: number;
            /** @description A silent track is added where there is no sound. */
            needsAudio?: boolean;
            /** @description The index has to come before the data. */
            needsFastStart?: boolean;
            /** @description Edit lists are refused. */
            refusesEditLists?: boolean;
            /** @description Absent = high dynamic range is turned into standard range. */
            acceptsHdr?: boolean;
            /** @description What an image may be that is the cover. */
            cover?: components["schemas"]["ImageLimitDto"];
            /** @description A moment of the video can be named as the cover. */
            coverMoment?: boolean;
        };
        DocumentLimitDto: {
            /**
             * @example [
             *       "application/pdf"
             *     ]
             */
            types: string[];
            maxBytes: number;
            /** @description Only of those types whose pages can be counted. */
            maxPages?: number;
        };
        MediaLimitDto: {
            maxCount: number;
            /** @description How many of them may be videos. Absent = one. */
            maxVideos?: number;
            /** @description Whether videos and images may stand in one post. */
            mixed?: boolean;
            /** @description Whether the platform is told what should stay in sight where it cuts an image itself. */
            focusPoint?: boolean;
            /** @description Absent = no images. */
            image?: components["schemas"]["ImageLimitDto"];
            /** @description Absent = no videos. */
            video?: components["schemas"]["VideoLimitDto"];
            /** @description Absent = no documents. */
            document?: components["schemas"]["DocumentLimitDto"];
        };
        AltTextLimitDto: {
            max: number;
            unit: components["schemas"]["CountingUnit"];
            /** @description Of a video. Absent = as many as of an image; 0 = none is kept. */
            maxForVideo?: number;
        };
        PlatformLimitsDto: {
            text: components["schemas"]["TextLimitDto"];
            link: components["schemas"]["LinkLimitDto"];
            media: components["schemas"]["MediaLimitDto"];
            /** @description Absent = descriptions are not counted. */
            altText?: components["schemas"]["AltTextLimitDto"];
        };
        FormatCapabilitiesDto: {
            /** @description A published post can be removed. */
            remove?: boolean;
            /** @description A published post can be changed. */
            edit?: boolean;
            /** @description Several messages, each below the one before. */
            thread?: boolean;
            /** @description A comment of its own below the post. */
            firstComment?: boolean;
        };
        PostFormatDto: {
            /**
             * @description The value of the setting `format`.
             * @example reel
             */
            id: string;
            label: string;
            /** @description What it is. */
            help: string;
            limits: components["schemas"]["PlatformLimitsDto"];
            /** @description Absent = as of the ordinary post. */
            capabilities?: components["schemas"]["FormatCapabilitiesDto"];
        };
        CapabilitiesDto: {
            /** @description A published post can be removed. */
            remove: boolean;
            /** @description A published post can be changed. */
            edit: boolean;
            /** @description Several messages, each below the one before. */
            thread: boolean;
            /** @description A comment of its own below the post. */
            firstComment: boolean;
        };
        ReconcilePolicyDto: {
            /** @enum {string} */
            method: "exact" | "match" | "repeat" | "none";
            /** @description How long a new post may stay invisible to a look, in milliseconds. */
            settleMs: number;
            explanation: string;
        };
        AppearanceDto: {
            /** @example #1185fe */
            color: string;
            /** @description The `d` of an SVG path in a view box of 24 by 24, filled in one colour. Absent = the first letter. */
            icon?: string;
        };
        PriceDto: {
            /** @example post-with-link */
            id: string;
            /** @example a post that holds a link */
            label: string;
            /** @description US dollars each. */
            usd: number;
            /**
             * Format: date
             * @description When it was last compared with the price list.
             */
            asOf: string;
            /**
             * Format: uri
             * @description The price list.
             */
            docs: string;
        };
        BudgetDto: {
            /** @example uploads */
            id: string;
            /** @example videos uploaded by everybody here */
            what: string;
            limit: number;
            /**
             * @description The day ends at midnight there.
             * @example America/Los_Angeles
             */
            timeZone: string;
            /**
             * Format: uri
             * @description The page that explains it.
             */
            docs: string;
        };
        ApiVersionDto: {
            /** @example 202609 */
            version: string;
            /**
             * Format: date
             * @description The platform answers it no longer from that day on. Absent where the platform has not said.
             */
            endsOn?: string;
            /** Format: uri */
            docs: string;
        };
        PracticeDto: {
            /** @description Whether practice networks run here. */
            available: boolean;
            /** @description Credentials of a practice account; empty where it is connected by a consent page. */
            credentials: {
                [key: string]: string;
            };
        };
        PlatformDto: {
            /** @example bluesky */
            id: string;
            name: string;
            summary: string;
            /** Format: uri */
            docs: string;
            /**
             * Format: date
             * @description When these facts were last compared with the documentation.
             */
            verifiedOn: string;
            /** @description How an account is connected; `type` tells which. */
            connect: components["schemas"]["CredentialsConnectDto"] | components["schemas"]["OauthConnectDto"];
            /** @description The form of a post’s settings. */
            settings: components["schemas"]["FormFieldDto"][];
            /** @description What a post may contain; a channel may have limits of its own. */
            limits: components["schemas"]["PlatformLimitsDto"];
            /** @description Kinds of post; the first is the ordinary one, with the limits above. Absent = one kind alone. */
            formats?: components["schemas"]["PostFormatDto"][];
            capabilities: components["schemas"]["CapabilitiesDto"];
            /** @description How unknown outcomes are cleared up. */
            reconcile: components["schemas"]["ReconcilePolicyDto"];
            appearance: components["schemas"]["AppearanceDto"];
            /** @description What everybody has to know who publishes there for real. It does not hold on the practice network. */
            notice?: string;
            /** @description What using it costs. Absent = nothing. */
            prices?: components["schemas"]["PriceDto"][];
            /** @description What of its API may be used in a day. What does not fit any more waits for the next. Absent = no limit. */
            budgets?: components["schemas"]["BudgetDto"][];
            apiVersion?: components["schemas"]["ApiVersionDto"];
            practice: components["schemas"]["PracticeDto"];
        };
        PlatformsDto: {
            data: components["schemas"]["PlatformDto"][];
        };
        WaySetupDto: {
            /**
             * @description An `id` of `GET /v1/platforms`.
             * @example instagram
             */
            platform: string;
            /** @description Which of its ways to connect; null where there is one. */
            way: string | null;
            /**
             * @description The app that it needs.
             * @example instagram
             */
            app: string;
            /** @description Whether this installation has that app, so that real accounts can be connected. */
            set: boolean;
        };
        SetupDto: {
            data: components["schemas"]["WaySetupDto"][];
        };
        VersionStandingDto: {
            /** @example 202609 */
            version: string;
            /**
             * Format: date
             * @description The platform answers it no longer from that day on; null where the platform has not said.
             */
            endsOn: string | null;
            /** @description 0 on that day, negative after it. */
            daysLeft: number | null;
            /**
             * @description `ending` = within 60 days.
             * @enum {string}
             */
            standing: "current" | "ending" | "ended";
            /**
             * @description The environment variable that changes it; null where only an update of ClickPost does.
             * @example LINKEDIN_API_VERSION
             */
            variable: string | null;
            /** Format: uri */
            docs: string;
        };
        PlatformOptionDto: {
            /** @example access */
            name: string;
            label: string;
            help: string | null;
            /**
             * @description The environment variable that sets it.
             * @example PINTEREST_ACCESS
             */
            variable: string;
            /** @description What counts, as it is written in the environment. */
            value: string | null;
            /** @enum {string} */
            setBy: "environment" | "default";
        };
        BudgetStandingDto: {
            /** @example uploads */
            id: string;
            /** @example videos uploaded by everybody here */
            what: string;
            used: number;
            limit: number;
            /**
             * Format: date-time
             * @description It is counted from nothing again then.
             */
            resetsAt: string;
            /** Format: uri */
            docs: string;
        };
        AppUseDto: {
            /** @example facebook */
            id: string;
            /** @example Facebook */
            name: string;
            /** @description The ways to connect that use it, where there are several. */
            ways: string[];
            /** @description Of a platform with several apps, told with the first; null where its requests name none. */
            apiVersion: components["schemas"]["VersionStandingDto"] | null;
            /** @description Likewise. */
            options: components["schemas"]["PlatformOptionDto"][];
            /** @description What is used today of what the platform allows this app. Empty where it counts nothing by the day. */
            budgets: components["schemas"]["BudgetStandingDto"][];
        };
        AppEntryDto: {
            /** @description The e-mail address of the operator. */
            by: string;
            /** Format: date-time */
            at: string;
        };
        AppVariablesDto: {
            /** @example FACEBOOK_APP_ID */
            id: string;
            /** @example FACEBOOK_APP_SECRET */
            secret: string;
        };
        AppCallbacksDto: {
            /** @description Told when somebody takes the permission away. */
            deauthorize: string | null;
            /** @description Told when somebody wants their data deleted. */
            dataDeletion: string | null;
            /** @description Told news about accounts. */
            webhook: string | null;
            /** @description What the platform repeats when it checks the webhook. */
            verifyToken: string | null;
        };
        InstallationAppDto: {
            /** @example facebook */
            name: string;
            /**
             * @description The platform whose app it is.
             * @example Facebook
             */
            title: string;
            /** @description What is connected with it. */
            platforms: components["schemas"]["AppUseDto"][];
            /** @description Whether accounts can be connected with it. */
            set: boolean;
            /**
             * @description What counts: a variable wins over what was entered.
             * @enum {string|null}
             */
            setBy: "environment" | "operator" | null;
            clientId: string | null;
            /** @description The secret that was entered cannot be read any more: enter it again. */
            unreadable: boolean;
            /** @description Who entered it last. */
            entered: components["schemas"]["AppEntryDto"] | null;
            /** @description The environment variables that set it. */
            variables: components["schemas"]["AppVariablesDto"];
            /** @description Addresses that the platform has to know to send people back to. */
            redirectUris: string[];
            /** @description Addresses under which the platform tells of people who leave. */
            callbacks: components["schemas"]["AppCallbacksDto"];
        };
        InstallationAppsDto: {
            data: components["schemas"]["InstallationAppDto"][];
        };
        PutAppDto: {
            /**
             * @description The app’s id at the platform.
             * @example 1234567890
             */
            clientId: string;
            /** @description Its secret. It is stored encrypted and never shown again. */
            clientSecret: string;
        };
        DeletionAnswerDto: {
            /**
             * Format: uri
             * @description The page that says how far the deletion is.
             */
            url: string;
            /** @description Opens that page; the same for whoever asks again. */
            confirmation_code: string;
        };
        CreateConnectionDto: {
            /**
             * @description An `id` of `GET /v1/platforms`.
             * @example bluesky
             */
            platform: string;
            /** @description What the form of the platform asks for (`connect.fields` of its manifest). Leave it out for a platform that is connected on its own consent page, and with `practice`. */
            credentials?: {
                [key: string]: string;
            };
            /**
             * @description The `id` of one of `connect.ways` of the manifest, for a platform with several ways to connect; the first one when left out. It stays with the connection.
             * @example instagram-login
             */
            way?: string;
            /**
             * @description Connects a practice account; nothing leaves the installation.
             * @default false
             */
            practice: boolean;
            /**
             * @description Say yes to publishing from this workspace to an account that another workspace publishes to as well.
             * @default false
             */
            acceptShared: boolean;
            /**
             * @description Where the account reaches more than five places, none becomes a channel until somebody chooses: see `GET /v1/connections/{id}/places`. Otherwise all of them do.
             * @default false
             */
            chooseChannels: boolean;
        };
        AccountDto: {
            /** @description The platform’s id of the account. */
            id: string;
            name: string | null;
            handle: string | null;
            url: string | null;
        };
        FailureDto: {
            /** @enum {string} */
            kind: "auth" | "permission" | "rate-limit" | "media" | "content" | "duplicate" | "unavailable" | "unknown";
            /** @description What went wrong. */
            message: string;
            /** @description What to do about it. */
            remedy: string;
            /** @description The platform’s own code. */
            platformCode?: string;
            /** @description The platform’s own words. */
            platformMessage?: string;
            /** @description Names the request to the platform’s support. */
            requestId?: string;
            /**
             * Format: date-time
             * @description Not before this time.
             */
            retryAt?: string;
            /** Format: uri */
            docs?: string;
        };
        ConnectedChannelDto: {
            /** Format: uuid */
            id: string;
            /** @example bluesky */
            platform: string;
            name: string;
        };
        MissingScopeDto: {
            /** @example pages_manage_posts */
            scope: string;
            /** @description Without it nothing can be published. */
            required: boolean;
            /** @description What does not work without it. */
            feature: string;
        };
        DatedFailureDto: {
            /** Format: date-time */
            at: string;
            failure: components["schemas"]["FailureDto"];
        };
        ServedChannelDto: {
            /** Format: uuid */
            id: string;
            /** @example bluesky */
            platform: string;
            name: string;
        };
        ServedWorkspaceDto: {
            /** Format: uuid */
            id: string;
            name: string;
            channels: components["schemas"]["ServedChannelDto"][];
        };
        HiddenDto: {
            workspaces: number;
            channels: number;
        };
        RevocationDto: {
            /**
             * @description `pending` = it is being tried; `failed` = it has to be done on the platform itself.
             * @enum {string}
             */
            state: "pending" | "done" | "failed";
            /** Format: date-time */
            at: string;
            /** @description Why it did not work so far. */
            failure: components["schemas"]["FailureDto"] | null;
        };
        ConnectionHealthDto: {
            /**
             * @description `expiring` = it ends within 7 days and only a person can renew it, or within a day and renewing it keeps failing.
             * @enum {string}
             */
            status: "authorizing" | "healthy" | "expiring" | "disconnected";
            /**
             * Format: date-time
             * @description null = until it is withdrawn.
             */
            validUntil: string | null;
            /**
             * @description What ends at `validUntil`, where it is not the sign-in as a whole.
             * @example Facebook’s permission to read data
             */
            expiryNote: string | null;
            /**
             * Format: date-time
             * @description When it is renewed next without anybody’s doing; null where it is not.
             */
            renewsAt: string | null;
            /** @description Tries to renew it in a row that did not succeed. */
            renewFailures: number;
            /** @description Permissions that were asked for and not given. */
            missingScopes: components["schemas"]["MissingScopeDto"][];
            /**
             * Format: date-time
             * @description When it was last good: made, renewed, or published through.
             */
            lastSuccessAt: string | null;
            lastFailure: components["schemas"]["DatedFailureDto"] | null;
            /** @description Who publishes through it, as far as you see them. */
            workspaces: components["schemas"]["ServedWorkspaceDto"][];
            /** @description What hangs on it beyond what you see. */
            hidden: components["schemas"]["HiddenDto"];
            /** @description Whether the platform takes the permission back when the account is disconnected here; else only its person can, there. */
            revocable: boolean;
            /** @description How the person takes the permission away on the platform, where it takes none back from ClickPost. */
            revokeByHand: string | null;
            /** @description Whether the permission was given back at the platform after disconnecting. */
            revocation: components["schemas"]["RevocationDto"] | null;
        };
        ConnectionDto: {
            /** Format: uuid */
            id: string;
            /**
             * @description `authorizing` = the consent page has not been answered yet.
             * @enum {string}
             */
            status: "authorizing" | "connected" | "disconnected";
            /** @example bluesky */
            platform: string;
            /** @description On the practice network. */
            practice: boolean;
            /** @description Which of the ways to connect; null where there is one. */
            way: string | null;
            /** @description Whose authorization it is. */
            account: components["schemas"]["AccountDto"] | null;
            /** @description What the platform allows. */
            scopes: string[];
            /** Format: date-time */
            expiresAt: string | null;
            /** @description Why it was not connected, or no longer is. */
            failure: components["schemas"]["FailureDto"] | null;
            /** @description Somebody still has to choose which of its places become channels. */
            choosing: boolean;
            /** @description Where to publish through it. */
            channels: components["schemas"]["ConnectedChannelDto"][];
            /** @description How it fares, and what hangs on it. */
            health: components["schemas"]["ConnectionHealthDto"];
            /**
             * Format: uri
             * @description Open it in a browser: the consent page. Works for 15 minutes.
             */
            authorizationUrl?: string;
            /** @description After a consent page that reconnects: `GET /v1/connections/{id}/reconnect` shows what would change. */
            awaitsConfirmation?: boolean;
        };
        ConnectionsDto: {
            data: components["schemas"]["ConnectionDto"][];
        };
        ReachedPlaceDto: {
            /** @description The platform’s id. */
            externalId: string;
            name: string;
            handle: string | null;
            url: string | null;
            /**
             * @description What it is, where the platform has several kinds.
             * @example Page
             */
            kind: string | null;
            /**
             * Format: uuid
             * @description The channel of the workspace that it is already.
             */
            channelId: string | null;
            /** @description Another workspace publishes there: it is added only with `acceptShared`. */
            shared: boolean;
        };
        ReachedPlacesDto: {
            data: components["schemas"]["ReachedPlaceDto"][];
        };
        AddChannelsDto: {
            /**
             * Format: uuid
             * @description The workspace that gets the channels.
             */
            workspaceId: string;
            /** @description Each an `externalId` of the places. */
            places: string[];
            /**
             * @description Say yes to publishing where another workspace publishes as well.
             * @default false
             */
            acceptShared: boolean;
        };
        ReconnectDto: {
            /** @description As for connecting. Leave it out for a platform that is connected on its own consent page. */
            credentials?: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description Which workspace gets channels that are new. Left out = the only one that the connection serves.
             */
            workspaceId?: string;
        };
        GainedChannelDto: {
            /** @description The platform’s id. */
            externalId: string;
            name: string;
            handle: string | null;
            /** @description What it is, where the platform has several kinds. */
            kind: string | null;
            /** @description Another workspace publishes there already: it is added only with `acceptShared`. */
            shared: boolean;
        };
        KnownChannelDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: uuid */
            workspaceId: string;
            /** @description Publications that wait to go out on it, held ones too. */
            scheduled: number;
        };
        ReconnectPreviewDto: {
            account: components["schemas"]["AccountDto"];
            /**
             * Format: date-time
             * @description Until when the new sign-in is good.
             */
            expiresAt: string | null;
            /** @description What ends then, where it is not the sign-in as a whole. */
            expiryNote: string | null;
            missingScopes: components["schemas"]["MissingScopeDto"][];
            /** @description Channels that would be added. */
            gained: components["schemas"]["GainedChannelDto"][];
            /** @description Channels that go on with all that is scheduled. */
            kept: components["schemas"]["KnownChannelDto"][];
            /** @description Channels that this account no longer reaches. They stay, disconnected, and what is scheduled is held. */
            lost: components["schemas"]["KnownChannelDto"][];
        };
        ReconnectionDto: {
            /** Format: uuid */
            connectionId: string;
            /**
             * Format: uuid
             * @description Which workspace gets channels that are new.
             */
            workspaceId: string;
            /**
             * @description `authorizing` = the consent page has not been answered; `ready` = it waits for a yes; `failed` = begin again.
             * @enum {string}
             */
            state: "authorizing" | "ready" | "failed";
            /**
             * Format: date-time
             * @description It is dropped then.
             */
            until: string;
            failure: components["schemas"]["FailureDto"] | null;
            /** @description What a yes would change. */
            preview: components["schemas"]["ReconnectPreviewDto"] | null;
            /**
             * Format: uri
             * @description Open it in a browser: the consent page. Works for 15 minutes.
             */
            authorizationUrl?: string;
        };
        ConfirmReconnectDto: {
            /**
             * @description Say yes to adding channels to which another workspace publishes as well.
             * @default false
             */
            acceptShared: boolean;
            /** @description Which of the channels that would be gained are added, by `externalId`. Left out = all of them. */
            add?: string[];
        };
        ChannelDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            connectionId: string;
            /** @example bluesky */
            platform: string;
            /** @description On the practice network. */
            practice: boolean;
            name: string;
            handle: string | null;
            url: string | null;
            avatarUrl: string | null;
            /**
             * @description `disconnected` = its posts are held until the account is connected again.
             * @enum {string}
             */
            health: "healthy" | "disconnected";
            /** @description Why this channel alone is disconnected; null where its whole connection is, which says why. */
            failure: components["schemas"]["FailureDto"] | null;
            /** @description Somebody stopped it: its posts are held until it is resumed. */
            paused: boolean;
            /**
             * Format: date-time
             * @description The platform asked for a break until then.
             */
            blockedUntil: string | null;
            /** @description What a post may contain on this channel. */
            limits: components["schemas"]["PlatformLimitsDto"];
            /** @description What an ordinary post can have beside it on this channel; what a format cannot have, it has on none. */
            capabilities: components["schemas"]["CapabilitiesDto"];
            /** @description Names of settings of its platform that this channel does not have. */
            withoutSettings: string[];
        };
        ChannelsDto: {
            data: components["schemas"]["ChannelDto"][];
        };
        ChannelUsageDto: {
            /** @example posts in 24 hours */
            what: string;
            used: number;
            limit: number;
            /** @description The window moves with the time; in milliseconds. Null where it is counted by the day (`resetsAt`). */
            windowMs: number | null;
            /**
             * Format: date-time
             * @description It is counted from nothing again then. Null where the window moves.
             */
            resetsAt: string | null;
            /**
             * Format: uri
             * @description The page that explains it.
             */
            docs: string;
        };
        ChannelUsagesDto: {
            /** @description The channel’s own limits, as the platform tells them, and what everybody here shares. May be empty. */
            data: components["schemas"]["ChannelUsageDto"][];
        };
        SettingTermsDto: {
            /** @description Only these may be chosen. */
            options?: components["schemas"]["FormOptionDto"][];
            /** @description Why it may not be chosen at all. */
            unavailable?: string;
        };
        TermsAccountDto: {
            name: string;
            handle?: string;
            /** Format: uri */
            avatarUrl?: string;
        };
        ChannelTermsDto: {
            account?: components["schemas"]["TermsAccountDto"];
            /** @description Why nothing can be posted right now. */
            closed?: string;
            /** @description The longest video, in milliseconds. */
            maxVideoMs?: number;
            /** @description By the names of settings; what is not named is as the platform’s form says. */
            settings?: {
                [key: string]: components["schemas"]["SettingTermsDto"];
            };
        };
        ChannelTermsAnswerDto: {
            /** @description Null where the platform has none. */
            terms: components["schemas"]["ChannelTermsDto"] | null;
        };
        LookupAnswerDto: {
            value: string;
            label: string;
            /** @description What tells it from others of the same name: an address, a number of followers. */
            detail?: string;
        };
        LookupAnswersDto: {
            /** @description At most 20; 250 of a setting that is `listed`. */
            data: components["schemas"]["LookupAnswerDto"][];
        };
        FolderDto: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description Null = it lies in no other.
             */
            parentId: string | null;
            name: string;
            depth: number;
            /** @description Files that lie in it itself. */
            count: number;
            /** @description For `If-Match`. */
            version: number;
        };
        FoldersDto: {
            /** @description Parents before what lies in them, then by name. */
            data: components["schemas"]["FolderDto"][];
        };
        CreateFolderDto: {
            /** @description Unique in its folder. */
            name: string;
            /**
             * Format: uuid
             * @description In which folder; null = in none.
             */
            parentId?: string | null;
        };
        UpdateFolderDto: {
            name?: string;
            /**
             * Format: uuid
             * @description Null = out of all folders.
             */
            parentId?: string | null;
        };
        MediaQuotaDto: {
            /** @description Bytes of all files of the workspace; equal ones count once. */
            usedBytes: number;
            allowedBytes: number;
            /** @description It is what the installation gives to each workspace. */
            isDefault: boolean;
        };
        SetMediaQuotaDto: {
            /** @description Null = what the installation gives. */
            allowedBytes: number | null;
        };
        MediaTraitsDto: {
            /**
             * @description Of a video as ffprobe names it, of an image its format.
             * @example h264
             */
            codec?: string;
            /** @description Of videos: frames a second, the average. */
            frameRate?: number;
            /** @description Of videos: whether frames come at uneven times. */
            variableFrameRate?: boolean;
            /** @description High dynamic range. */
            hdr: boolean;
            /** @description Of videos: whether there is sound. */
            sound?: boolean;
            /** @description Whether there is a picture of it in the widths of previews: not of every document. */
            picture: boolean;
            /** @description An image that moves. */
            animated: boolean;
            /** @description An image with see-through parts. */
            transparent: boolean;
            /** @description It says where it was taken. What is published does not. */
            locationFound: boolean;
        };
        UploaderDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        MediaDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "image" | "video" | "document";
            filename: string;
            /**
             * @description As the content of the file says.
             * @example image/jpeg
             */
            contentType: string;
            /** @description In pixels, as displayed; 0 for documents. */
            width: number;
            /** @description In pixels, as displayed; 0 for documents. */
            height: number;
            /** @description Of videos and animations, in milliseconds. */
            durationMs?: number;
            /** @description Pages or slides of a document. Absent where they cannot be counted. */
            pages?: number;
            bytes: number;
            /** @description Describes the image to those who do not see it. */
            altText: string | null;
            /**
             * Format: uuid
             * @description Null = in no folder.
             */
            folderId: string | null;
            tags: string[];
            /** @description For `If-Match`. */
            version: number;
            /** @description Which version of the file it is; 1 = the first. */
            fileVersion: number;
            /**
             * Format: uuid
             * @description The version that stands in the library: itself, unless it was replaced.
             */
            currentId: string;
            facts: components["schemas"]["MediaTraitsDto"];
            /** @description Posts whose present revision uses it. */
            used: number;
            /** @description Null where it was not kept. */
            uploadedBy: components["schemas"]["UploaderDto"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        TagDto: {
            tag: string;
            /** @description Files that have it. */
            count: number;
        };
        TagsDto: {
            /** @description The most frequent first. */
            data: components["schemas"]["TagDto"][];
        };
        ActOnMediaDto: {
            /** @enum {string} */
            action: "move" | "tag" | "untag" | "delete";
            /** @description Each file once. */
            ids: string[];
            /**
             * Format: uuid
             * @description For `move`: where to; null = in no folder.
             */
            folderId?: string | null;
            /** @description For `tag` and `untag`. */
            tags?: string[];
        };
        MediaUseDto: {
            /** Format: uuid */
            postId: string;
            /** @description The beginning of its text. */
            excerpt: string;
            /**
             * @description All channels of the post together: what needs the file most.
             * @enum {string}
             */
            state: "failed" | "unconfirmed" | "held" | "publishing" | "scheduled" | "draft" | "published";
            /**
             * Format: date-time
             * @description Null for drafts.
             */
            dueAt: string | null;
            /** @description It still needs the file, so the file cannot be deleted. */
            needed: boolean;
        };
        MediaRefusalDto: {
            /** @example urn:clickpost:problem:media-in-use */
            type: string;
            title: string;
            /** @description What happened, and what to do. */
            detail: string;
            /** @description Posts that still need the file. */
            uses?: components["schemas"]["MediaUseDto"][];
        };
        MediaResultDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            outcome: "done" | "refused";
            /** @description How it is now, unless it was deleted. */
            media?: components["schemas"]["MediaDto"];
            /** @description Why, where it was refused. */
            problem?: components["schemas"]["MediaRefusalDto"];
        };
        MediaResultsDto: {
            /** @description In the order of the ids. */
            results: components["schemas"]["MediaResultDto"][];
        };
        MediaUsesDto: {
            /** @description Those that still need it first; at most 100. */
            data: components["schemas"]["MediaUseDto"][];
            /** @description All posts that use it. */
            count: number;
            /** @description Those that still need it. */
            needing: number;
        };
        MediaVersionsDto: {
            /** @description Newest first. */
            data: components["schemas"]["MediaDto"][];
        };
        AddMediaVersionDto: {
            /**
             * Format: uuid
             * @description A file of the same workspace, uploaded before, that has no versions.
             */
            mediaId: string;
        };
        UpdateMediaDto: {
            /** @description Null takes it away. */
            altText?: string | null;
            /** @description Characters that no file name may hold are left out. */
            filename?: string;
            /**
             * Format: uuid
             * @description Null = in no folder.
             */
            folderId?: string | null;
            /** @description All that it is to have; in small letters. */
            tags?: string[];
        };
        UploadDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            workspaceId: string;
            /**
             * @description receiving: bytes are awaited; checking: all of them are there, and are looked at; done: it is in the library; refused: see problem.
             * @enum {string}
             */
            state: "receiving" | "checking" | "done" | "refused";
            filename: string;
            /** @description Of the whole file. */
            bytes: number;
            /** @description Bytes that have arrived. */
            received: number;
            /** @description Once it is done. */
            media?: components["schemas"]["MediaDto"];
            /** @description Why it was refused. */
            problem?: components["schemas"]["Problem"];
        };
        RenditionFailureDto: {
            /** @example media.rendition-failed */
            rule: string;
            message: string;
            /** @description What to do about it. */
            remedy: string;
        };
        RenditionDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "waiting" | "running" | "ready" | "failed" | "cancelled";
            /** @description What it is made of, as far as you may see it. */
            mediaIds: string[];
            /** @description Where those lie. */
            workspaceIds: string[];
            /**
             * Format: date-time
             * @description When the first publication that sends it is due: the sooner, the earlier it is made.
             */
            neededAt: string | null;
            /** @description From 0 to 1, while it is made. */
            progress?: number;
            /** @description How long the rest may take, in milliseconds. */
            remainingMs?: number;
            /** @description Why it could not be made. */
            failure?: components["schemas"]["RenditionFailureDto"];
            /**
             * @description Of the file, once it is ready.
             * @enum {string}
             */
            kind?: "image" | "video" | "document";
            /** @example video/mp4 */
            contentType?: string;
            /** @description In pixels. */
            width?: number;
            /** @description In pixels. */
            height?: number;
            /** @description Of videos and animations, in milliseconds. */
            durationMs?: number;
            bytes?: number;
        };
        FocusDto: {
            /** @description From the left. */
            x: number;
            /** @description From the top. */
            y: number;
        };
        TrimDto: {
            startMs: number;
            /** @description After the start, and not after the end of the video. */
            endMs: number;
        };
        AttachedMediaDto: {
            /** Format: uuid */
            id: string;
            /** @description In place of the description given at the upload. */
            altText?: string;
            /**
             * @description Where a network does not take the shape: `pad` = bars are added (the default), `crop` = edges are cut.
             * @enum {string}
             */
            fit?: "pad" | "crop";
            /** @description What stays in sight when edges are cut. Left out = the middle. */
            focus?: components["schemas"]["FocusDto"];
            /** @description The part of a video that is used. Left out = all of it. */
            trim?: components["schemas"]["TrimDto"];
            /** @description The frame that stands for a video, in milliseconds of the original, where a network lets one choose. */
            coverAtMs?: number;
            /**
             * Format: uuid
             * @description A still image of the library that stands for a video before it is played, where a network takes one. In place of `coverAtMs`.
             */
            coverId?: string;
        };
        ThreadPartDto: {
            text: string;
            media?: components["schemas"]["AttachedMediaDto"][];
        };
        FirstCommentDto: {
            /** @description An empty text = no first comment. */
            text: string;
        };
        ContentDto: {
            text: string;
            /** @example https://example.com */
            link?: string;
            /** @description Further parts, in order: each is published below the one before. */
            thread?: components["schemas"]["ThreadPartDto"][];
            /** @description Published below the post once all of its thread is out. */
            firstComment?: components["schemas"]["FirstCommentDto"];
        };
        ChannelContentDto: {
            text?: string;
            /** @description An empty text = no link on this channel. */
            link?: string;
            /** @description In place of the post’s thread. An empty list = no thread on this channel. */
            thread?: components["schemas"]["ThreadPartDto"][];
            /** @description In place of the post’s first comment. An empty text = none on this channel. */
            firstComment?: components["schemas"]["FirstCommentDto"];
        };
        ChannelTargetDto: {
            /** Format: uuid */
            id: string;
            /** @description What differs on this channel. */
            content?: components["schemas"]["ChannelContentDto"];
            /** @description In place of the post’s media. */
            media?: components["schemas"]["AttachedMediaDto"][];
            /** @description Answers to the platform’s form (`settings` of its manifest). */
            settings?: {
                [key: string]: unknown;
            };
        };
        CreatePostDto: {
            content: components["schemas"]["ContentDto"];
            /** @default [] */
            media: components["schemas"]["AttachedMediaDto"][];
            /** @description Where it goes. May be empty in a draft. */
            channels: components["schemas"]["ChannelTargetDto"][];
            /** @description When it goes out: at a time, now, at the next free slot of each channel, or not yet (null, a draft). A time without offset is what clocks in the zone show. */
            schedule: {
                /** @example 2027-03-28T09:00 */
                at: string;
                /** @example Europe/Berlin */
                timeZone: string;
            } | ("now" | "next-slot") | null;
        };
        PublicationSummaryDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** @enum {string} */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            publishedAt: string | null;
            /**
             * Format: uri
             * @description Where the published post can be seen.
             */
            permalink: string | null;
            /**
             * @description What people still have to know or to do about the published post, in a sentence.
             * @example It waits in TikTok’s inbox until it is posted from there.
             */
            note?: string;
            /**
             * @description What the platform is working on at the moment, in a sentence. Nothing is wrong, and nothing needs doing.
             * @example Instagram is processing the video.
             */
            waitingFor?: string;
            /**
             * Format: date-time
             * @description When the published post was removed from the platform. Absent = it was not.
             */
            removedAt?: string;
            /**
             * @description Why it may not go out as things stand.
             * @enum {string}
             */
            heldReason?: "approval-missing" | "changed-after-approval" | "channel-disconnected" | "channel-paused" | "workspace-paused" | "organization-paused" | "installation-paused" | "media-processing" | "media-failed" | "too-late" | "held-by-person";
            /** @description What went wrong at the last attempt. */
            failure?: components["schemas"]["FailureDto"];
        };
        WaitingStepDto: {
            index: number;
            name: string;
        };
        DelegateDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * Format: date-time
             * @description Until when; only where the decision is still waited for.
             */
            until?: string;
        };
        ApproverDto: {
            /** @enum {string} */
            type: "member" | "client";
            /** @description A user’s id, or a client’s e-mail address. */
            id: string;
            name: string;
            /** @description Who decides in their place while they are away, or did. */
            delegate?: components["schemas"]["DelegateDto"];
        };
        WaitingDto: {
            /** @enum {string} */
            state: "pending" | "changes-requested";
            /** @description The step that is open. */
            step: components["schemas"]["WaitingStepDto"] | null;
            /** @description Who is asked in it and has not answered. */
            waitingFor: components["schemas"]["ApproverDto"][];
        };
        PostDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            workspaceId: string;
            /** @description Counts the changes of the content. */
            revision: number;
            /** @description Counts all changes; the ETag names it. */
            version: number;
            content: components["schemas"]["ContentDto"];
            media: components["schemas"]["AttachedMediaDto"][];
            channels: components["schemas"]["ChannelTargetDto"][];
            /** @description One for each channel and time; none while it is a draft. */
            publications: components["schemas"]["PublicationSummaryDto"][];
            /** @description In lists: where an approval was asked for and is not there yet. */
            approval?: components["schemas"]["WaitingDto"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        PreflightErrorDto: {
            /** @example content/text */
            field: string;
            /** @example bluesky.text-too-long */
            rule: string;
            message: string;
            /** @description What to do about it. */
            remedy: string;
            /**
             * Format: uuid
             * @description The channel whose rule it is.
             */
            channelId?: string;
            /**
             * Format: uri
             * @description Where the platform says so.
             */
            docs?: string;
            /**
             * Format: date
             * @description When the rule was last compared with that page.
             */
            verifiedOn?: string;
        };
        PlannedStepDto: {
            /** @example scale */
            kind: string;
            /** @description Why. */
            reason: string;
        };
        PlannedCoverDto: {
            /**
             * Format: uuid
             * @description Of the image; left out where a moment was chosen.
             */
            mediaId?: string;
            /**
             * @description `moment` = the chosen frame is shown; `none` = the network takes no such cover, and shows what it chooses itself.
             * @enum {string}
             */
            action: "keep" | "render" | "refuse" | "moment" | "none";
            /** @description What is changed of the image, in this order. */
            steps: components["schemas"]["PlannedStepDto"][];
            /** @description Why it goes out as it is, or not at all. */
            reason?: string;
        };
        PlannedRenditionDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "waiting" | "running" | "ready" | "failed" | "cancelled";
            progress?: number;
            /** @description How long the rest may take, in milliseconds. */
            remainingMs?: number;
            failure?: components["schemas"]["RenditionFailureDto"];
        };
        PlannedMediaDto: {
            /** Format: uuid */
            channelId: string;
            /** @description Which message of the channel: 0 is the post itself. */
            segment: number;
            /** @description Which file of that message. */
            position: number;
            /** Format: uuid */
            mediaId: string;
            /**
             * @description What is sent: a GIF may go out as a video.
             * @enum {string}
             */
            output: "image" | "video" | "document";
            /**
             * @description `keep` = it goes out as it is; `refuse` = it cannot go out here.
             * @enum {string}
             */
            action: "keep" | "remux" | "transcode" | "render" | "refuse";
            /** @description Pixels of what is sent, at the most. */
            width: number;
            height: number;
            durationMs?: number;
            /** @description What is changed, in this order; nothing for `keep`. */
            steps: components["schemas"]["PlannedStepDto"][];
            /** @description Why it goes out as it is, or not at all. */
            reason?: string;
            /** @description Of a video whose cover was chosen. */
            cover?: components["schemas"]["PlannedCoverDto"];
            /** @description Null where nobody wants it yet. */
            rendition: components["schemas"]["PlannedRenditionDto"] | null;
        };
        PricedCostDto: {
            /**
             * @description Its id in the price list of the platform.
             * @example post-with-link
             */
            price: string;
            /** @example a post that holds a link */
            label: string;
            count: number;
            /** @description US dollars of all of them together. */
            usd: number;
        };
        ChannelCostsDto: {
            /** Format: uuid */
            channelId: string;
            /** @description A practice channel: nothing is paid, this is what it would cost. */
            practice: boolean;
            /** @description Of all messages, the first comment included. Reads of what became of them are not foreseen. */
            costs: components["schemas"]["PricedCostDto"][];
            /** @description The sum of them, in US dollars. */
            usd: number;
        };
        PreflightNoticeDto: {
            /** Format: uuid */
            channelId: string;
            /** @example tiktok.terms-unknown */
            rule: string;
            message: string;
            /** @description What can be done about it. */
            remedy: string;
        };
        PreflightDto: {
            valid: boolean;
            /** @description Every broken rule of every channel. */
            errors: components["schemas"]["PreflightErrorDto"][];
            /** @description What each channel gets of each file, and what is changed. */
            media: components["schemas"]["PlannedMediaDto"][];
            /** @description Of each channel whose platform is paid for by use. Certain only where nothing stands against publishing. */
            costs: components["schemas"]["ChannelCostsDto"][];
            /** @description What the platform could not be asked, what it takes from nobody right now, and what may have to wait for another day. */
            notices: components["schemas"]["PreflightNoticeDto"][];
        };
        PostMediaDto: {
            media: components["schemas"]["PlannedMediaDto"][];
        };
        UpdatePostDto: {
            content?: components["schemas"]["ContentDto"];
            media?: components["schemas"]["AttachedMediaDto"][];
            channels?: components["schemas"]["ChannelTargetDto"][];
            /** @description When it goes out: at a time, now, at the next free slot of each channel, or not yet (null, a draft). A time without offset is what clocks in the zone show. */
            schedule?: {
                /** @example 2027-03-28T09:00 */
                at: string;
                /** @example Europe/Berlin */
                timeZone: string;
            } | ("now" | "next-slot") | null;
        };
        PostContentDto: {
            content: components["schemas"]["ContentDto"];
            media: components["schemas"]["AttachedMediaDto"][];
            channels: components["schemas"]["ChannelTargetDto"][];
        };
        ActorDto: {
            /** @enum {string} */
            type: "user" | "client" | "worker" | "platform" | "system";
            id?: string;
            /** @description A user’s name, or that of an API key. */
            name?: string;
        };
        RevisionDto: {
            number: number;
            content: components["schemas"]["PostContentDto"];
            author: components["schemas"]["ActorDto"];
            /** Format: date-time */
            createdAt: string;
        };
        ChangedMediaDto: {
            before: string[];
            after: string[];
        };
        ChangeDto: {
            /**
             * @description Where; a channel by its id.
             * @example content/thread/0/text
             */
            field: string;
            /**
             * Format: uuid
             * @description Null for what is written for all.
             */
            channelId: string | null;
            /** @description 0 = the post itself, then the parts of its thread; `comment` = the first comment. */
            part?: number | "comment";
            /** @enum {string} */
            kind: "text" | "value" | "media" | "channel";
            /** @example Part 2 of the thread on Bluesky */
            label: string;
            /** @description Null where there was nothing. */
            before: string | null;
            after: string | null;
            /** @description Of other images: which there were, and which there are. */
            media?: components["schemas"]["ChangedMediaDto"];
        };
        ChangesDto: {
            from: number;
            to: number;
            /** @description Empty where nothing differs in what goes out. */
            changes: components["schemas"]["ChangeDto"][];
        };
        ApproversDto: {
            roles?: ("owner" | "admin" | "manager" | "approver")[];
            /** @description Users. They count while their role lets them approve. */
            members?: string[];
            /** @description People without an account, who decide by review link. */
            clients?: string[];
        };
        ApprovalStepDto: {
            name: string;
            approvers: components["schemas"]["ApproversDto"];
            /** @description How many have to agree: one, all, or so many. */
            rule: ("any" | "all") | number;
        };
        EscalationDto: {
            roles?: ("owner" | "admin" | "manager" | "approver")[];
            /** @description Users. They count while their role lets them approve. */
            members?: string[];
            /** @description Before the due time. */
            hours: number;
        };
        ApprovalWorkflowDto: {
            /**
             * @description `optional`: an author may ask, and then it binds. `required`: nothing goes out without it.
             * @enum {string}
             */
            mode: "none" | "optional" | "required";
            /** @description Whether somebody may approve what they wrote themselves. */
            selfApproval: boolean;
            /** @description Whether another time alone asks for a new approval. */
            rescheduleNeedsApproval: boolean;
            /** @description One after the other. */
            steps: components["schemas"]["ApprovalStepDto"][];
            /**
             * @description In hours before the due time.
             * @default [
             *       24,
             *       2
             *     ]
             */
            reminders: number[];
            /**
             * @description So long before the due time, with a step still open, those may decide in it too who are named here.
             * @default null
             */
            escalation: components["schemas"]["EscalationDto"] | null;
        };
        SetApprovalWorkflowDto: {
            /**
             * @description `optional`: an author may ask, and then it binds. `required`: nothing goes out without it.
             * @enum {string}
             */
            mode: "none" | "optional" | "required";
            /** @description Whether somebody may approve what they wrote themselves. */
            selfApproval: boolean;
            /** @description Whether another time alone asks for a new approval. */
            rescheduleNeedsApproval: boolean;
            /** @description One after the other. */
            steps: components["schemas"]["ApprovalStepDto"][];
            /**
             * @description How many hours before the due time those are reminded for whom it waits.
             * @default [
             *       24,
             *       2
             *     ]
             */
            reminders: number[];
            /**
             * @description So long before the due time, with a step still open, those may decide in it too who are named here.
             * @default null
             */
            escalation: components["schemas"]["EscalationDto"] | null;
        };
        StepProgressDto: {
            name: string;
            rule: ("any" | "all") | number;
            /** @enum {string} */
            state: "waiting" | "open" | "approved" | "changes-requested";
            /** @description How many have to agree. */
            needed: number;
            approvedBy: components["schemas"]["ApproverDto"][];
            /** @description Empty unless the step is open. */
            waitingFor: components["schemas"]["ApproverDto"][];
        };
        DecisionDto: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["ApproverDto"];
            /** @enum {string} */
            decision: "approve" | "request-changes";
            comment: string | null;
            /** @description Of the post, when it was decided: what was looked at. */
            revision: number;
            contentHash: string;
            /** @description It is about what the post says now, in the present round. */
            counts: boolean;
        };
        ApprovalDto: {
            /** @enum {string} */
            state: "none" | "pending" | "approved" | "changes-requested";
            /** @description Of the post, to which the hash belongs. */
            revision: number;
            /** @description Of what the post says now; a decision names it. */
            contentHash: string;
            /** @description Of what was approved last. */
            approvedHash: string | null;
            requestedBy: components["schemas"]["ActorDto"] | null;
            /** Format: date-time */
            requestedAt: string | null;
            steps: components["schemas"]["StepProgressDto"][];
            /** @description All that was ever decided, oldest first. */
            decisions: components["schemas"]["DecisionDto"][];
        };
        DecideDto: {
            /** @enum {string} */
            decision: "approve" | "request-changes";
            /** @description Of the content that was looked at, from `GET /v1/posts/{id}/approval`. */
            contentHash: string;
            comment?: string;
        };
        NamedMemberDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        AbsenceDto: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            /** Format: uuid */
            delegateId: string;
            /** @description Who is away. */
            user: components["schemas"]["NamedMemberDto"];
            /** @description Who decides in their place. */
            delegate: components["schemas"]["NamedMemberDto"];
        };
        AbsencesDto: {
            data: components["schemas"]["AbsenceDto"][];
        };
        SetAbsenceDto: {
            /**
             * Format: date-time
             * @example 2026-05-01T00:00:00+02:00
             */
            from: string;
            /**
             * Format: date-time
             * @description From then on they decide themselves again.
             */
            until: string;
            /**
             * Format: uuid
             * @description A member who decides in their place, where their own role lets them approve. Not away in that time.
             */
            delegateId: string;
        };
        InboxWorkspaceDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        InboxChannelDto: {
            /** Format: uuid */
            id: string;
            /** @example bluesky */
            platform: string;
            name: string;
            practice: boolean;
        };
        InboxMediaDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "image" | "video" | "document";
            /** @description As it is described in this post. */
            altText: string | null;
        };
        InboxItemDto: {
            /** Format: uuid */
            postId: string;
            workspace: components["schemas"]["InboxWorkspaceDto"];
            /** @description Of the post, to which hash and content belong. */
            revision: number;
            /** @description Of what the post says; a decision names it. */
            contentHash: string;
            /** @enum {string} */
            state: "pending";
            /** @description The step that is open. */
            step: components["schemas"]["WaitingStepDto"];
            /** @description Who is asked in it and has not answered. */
            waitingFor: components["schemas"]["ApproverDto"][];
            /**
             * Format: date-time
             * @description Since when it waits in this step, with this content.
             */
            since: string;
            requestedBy: components["schemas"]["ActorDto"];
            /**
             * Format: date-time
             * @description When the first of it is to go out; null for a draft.
             */
            dueAt: string | null;
            /**
             * @description In which the time was chosen; of a draft, the workspace’s.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description Its time has passed. */
            overdue: boolean;
            channels: components["schemas"]["InboxChannelDto"][];
            /** @description The first 280 characters of what is written for all channels. */
            text: string;
            /** @description Every file of it, once. */
            media: components["schemas"]["InboxMediaDto"][];
            /** @description All of what it says, as it was written. */
            content: components["schemas"]["PostContentDto"];
            /** @description Whether whoever asks may decide about it now. */
            mayDecide: boolean;
        };
        InboxCountDto: {
            /** @description How many posts wait for whoever asks; 100 = or more. */
            count: number;
        };
        DecideOneDto: {
            /** @enum {string} */
            decision: "approve" | "request-changes";
            /** @description Of the content that was looked at, from `GET /v1/posts/{id}/approval`. */
            contentHash: string;
            comment?: string;
            /** Format: uuid */
            postId: string;
        };
        DecideManyDto: {
            /** @description Each post once. */
            decisions: components["schemas"]["DecideOneDto"][];
        };
        RefusalDto: {
            /** @example urn:clickpost:problem:conflict */
            type: string;
            title: string;
            /** @description What happened, and what to do. */
            detail: string;
            /** @description Of what the post says now, where it was changed meanwhile. */
            contentHash?: string;
        };
        DecisionResultDto: {
            /** Format: uuid */
            postId: string;
            /** @enum {string} */
            outcome: "done" | "refused";
            /** @description How the approval stands now, where it was done. */
            approval?: components["schemas"]["ApprovalDto"];
            /** @description Why, where it was refused. */
            problem?: components["schemas"]["RefusalDto"];
        };
        DecisionResultsDto: {
            /** @description In the order of the decisions. */
            results: components["schemas"]["DecisionResultDto"][];
        };
        CreateReviewLinkDto: {
            /**
             * Format: email
             * @description The client’s. Without it nobody decides by this link; they look and comment.
             */
            email?: string;
            /** @description The client’s, as others see it. */
            name?: string;
            /** @default 14 */
            expiresInDays: number;
            /** @description Asked for before anything is shown. It is not kept, so nobody can look it up later. */
            passcode?: string;
        };
        ReviewLinkDto: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uri
             * @description To be given to the client. Whoever has it gets in.
             */
            address: string;
            email: string | null;
            name: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** @description Whether one is asked for. */
            passcode: boolean;
            /** Format: date-time */
            revokedAt: string | null;
            /** Format: date-time */
            lastUsedAt: string | null;
            createdBy: components["schemas"]["ActorDto"];
            /** Format: date-time */
            createdAt: string;
            /** @enum {string} */
            state: "open" | "expired" | "revoked";
        };
        ReviewClientDto: {
            name: string | null;
            email: string | null;
        };
        ReviewPlatformDto: {
            /** @example bluesky */
            id: string;
            name: string;
            appearance: components["schemas"]["AppearanceDto"];
        };
        ReviewSupportsDto: {
            thread: boolean;
            firstComment: boolean;
        };
        ReviewMarkDto: {
            /** @description Which file of the post, from 0. */
            media: number;
            /** @description 0 to 1 from the left. */
            x: number;
            /** @description 0 to 1 from the top. */
            y: number;
            text: string;
        };
        ReviewChoiceDto: {
            value: string;
            label: string;
        };
        ReviewSettingDto: {
            name: string;
            label: string;
            /** @description As it was entered: of several texts a list, of names on images their places, of a search what was chosen. */
            value: string | number | boolean | string[] | components["schemas"]["ReviewMarkDto"][] | components["schemas"]["ReviewChoiceDto"];
            /** @description The value as people read it. */
            shown: string;
        };
        ReviewCoverDto: {
            /**
             * Format: uuid
             * @description Of an image of its own.
             */
            imageId?: string;
            /** @description Of a moment, in milliseconds of what goes out. */
            atMs?: number;
        };
        ReviewRenditionDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "waiting" | "running" | "ready" | "failed" | "cancelled";
            /** @description While it is made. */
            progress?: number;
            /** @description How long the rest may take, in milliseconds. */
            remainingMs?: number;
        };
        ReviewOutcomeDto: {
            /**
             * @description A GIF may go out as a video.
             * @enum {string}
             */
            output: "image" | "video" | "document";
            /**
             * @description `keep` = it goes out as it is.
             * @enum {string}
             */
            action: "keep" | "remux" | "transcode" | "render";
            /** @description Pixels of what is sent, at the most. */
            width: number;
            height: number;
            /** @description Of videos. */
            durationMs?: number;
            /** @description Of a video that has to be made first; null where nobody makes it yet, as before the post has a time. */
            rendition: components["schemas"]["ReviewRenditionDto"] | null;
        };
        ReviewMediaDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "image" | "video" | "document";
            /** @example image/jpeg */
            contentType: string;
            /** @description Of documents, whose name is seen. */
            filename?: string;
            /** @description Of documents whose pages can be counted. */
            pages?: number;
            /** @description Whether there is a picture of it: not of every document. */
            picture: boolean;
            /** @description In pixels, as displayed. */
            width: number;
            /** @description In pixels, as displayed. */
            height: number;
            /** @description Of videos. */
            durationMs?: number;
            altText: string | null;
            /** @description What stands for a video before it is played. Left out where the network chooses it. */
            cover?: components["schemas"]["ReviewCoverDto"];
            /** @description What is changed of it for this channel, in words and in this order. */
            changes: string[];
            /** @description Null = it cannot go out there. */
            sent: components["schemas"]["ReviewOutcomeDto"] | null;
        };
        ReviewSegmentDto: {
            /** @enum {string} */
            kind: "post" | "reply" | "comment";
            text: string;
            link: string | null;
            media: components["schemas"]["ReviewMediaDto"][];
        };
        ReviewDueDto: {
            /** Format: date-time */
            at: string;
            /** @example Europe/Berlin */
            timeZone: string;
        };
        ReviewPublishedDto: {
            /** Format: date-time */
            at: string | null;
            /** Format: uri */
            permalink: string | null;
            /** @description What people still have to know or to do about it. */
            note: string | null;
        };
        ReviewChannelDto: {
            /** Format: uuid */
            id: string;
            name: string;
            handle: string | null;
            /** @description On the practice network. */
            practice: boolean;
            platform: components["schemas"]["ReviewPlatformDto"];
            limits: components["schemas"]["PlatformLimitsDto"];
            supports: components["schemas"]["ReviewSupportsDto"];
            /** @description Names of settings of the network that this channel does not have. */
            withoutSettings: string[];
            settings: components["schemas"]["ReviewSettingDto"][];
            /** @description In the order in which they go out. */
            segments: components["schemas"]["ReviewSegmentDto"][];
            /** @description Null = not scheduled. */
            due: components["schemas"]["ReviewDueDto"] | null;
            /** @description Null = nobody sees it there yet. */
            published: components["schemas"]["ReviewPublishedDto"] | null;
        };
        ReviewPostDto: {
            /** Format: uuid */
            id: string;
            /** @description Counts the changes of the content. */
            revision: number;
            /** @description Of what the post says now; a decision names it. */
            contentHash: string;
            channels: components["schemas"]["ReviewChannelDto"][];
        };
        ReviewStepDto: {
            name: string;
            /** @enum {string} */
            state: "waiting" | "open" | "approved" | "changes-requested";
        };
        ReviewDecisionDto: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            decision: "approve" | "request-changes";
            comment: string | null;
            /** @description Of the post, when it was decided. */
            revision: number;
            /** @description It is about what the post says now. */
            counts: boolean;
        };
        ReviewApprovalDto: {
            /** @enum {string} */
            state: "none" | "pending" | "approved" | "changes-requested";
            steps: components["schemas"]["ReviewStepDto"][];
            /** @description The client is asked now. */
            waitedFor: boolean;
            /** @description A decision would count now. */
            mayDecide: boolean;
            /** @description Also after they approved. */
            mayRequestChanges: boolean;
            /** @description Why there is nothing to decide; null where there is. */
            reason: string | null;
            /** @description What this client decided before, oldest first. */
            decisions: components["schemas"]["ReviewDecisionDto"][];
        };
        ReviewChangesDto: {
            /** @description The revision that you saw before. */
            since: number;
            list: components["schemas"]["ChangeDto"][];
        };
        ReviewAuthorDto: {
            /** @enum {string} */
            type: "member" | "client";
            name: string;
        };
        AnchorDto: {
            /** @enum {string} */
            type: "text" | "image";
            /** @description Of the post, when it was shown. */
            revision: number;
            /** @description What it was about is not in the post any more. */
            outdated: boolean;
            /** Format: uuid */
            channelId?: string;
            /** @description 0 = the post itself, then the parts of its thread; `comment` = the first comment. */
            part?: number | "comment";
            start?: number;
            end?: number;
            /** @description The words at this place. */
            quote?: string;
            /** Format: uuid */
            mediaId?: string;
            x?: number;
            y?: number;
        };
        ReviewMentionDto: {
            name: string;
        };
        AttachmentDto: {
            /** Format: uuid */
            id: string;
            filename: string;
            altText: string | null;
        };
        ReviewCommentDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            parentId: string | null;
            author: components["schemas"]["ReviewAuthorDto"];
            text: string;
            revision: number;
            anchor: components["schemas"]["AnchorDto"] | null;
            mentions: components["schemas"]["ReviewMentionDto"][];
            attachments: components["schemas"]["AttachmentDto"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            editedAt: string | null;
            /** Format: date-time */
            resolvedAt: string | null;
            resolvedBy: components["schemas"]["ReviewAuthorDto"] | null;
            /** @description Nothing but its replies is left of it. */
            deleted: boolean;
            replies: components["schemas"]["ReviewCommentDto"][];
        };
        ReviewDto: {
            organization: string;
            workspace: string;
            client: components["schemas"]["ReviewClientDto"];
            /** Format: date-time */
            expiresAt: string;
            /** @description Who asked for the approval. */
            askedBy: string | null;
            post: components["schemas"]["ReviewPostDto"];
            approval: components["schemas"]["ReviewApprovalDto"];
            /** @description Null where nothing is known that you saw before. */
            changes: components["schemas"]["ReviewChangesDto"] | null;
            /** @description Threads, oldest first. */
            comments: components["schemas"]["ReviewCommentDto"][];
        };
        EnterPasscodeDto: {
            passcode: string;
        };
        NewAnchorDto: {
            /** @enum {string} */
            type: "text" | "image";
            /** @description What was looked at; left out, it is the present one. */
            revision?: number;
            /**
             * Format: uuid
             * @description Text: what is written for this channel.
             */
            channelId?: string;
            /** @description 0 = the post itself, then the parts of its thread; `comment` = the first comment. */
            part?: number | "comment";
            /** @description Text: in UTF-16 units. */
            start?: number;
            /** @description Text: the first unit that does not belong to it. */
            end?: number;
            /** @description Text: the words at this place. */
            quote?: string;
            /**
             * Format: uuid
             * @description Image: one of the post.
             */
            mediaId?: string;
            /** @description Image: 0 = its left, 1 = its right. */
            x?: number;
            /** @description Image: 0 = its top, 1 = its bottom. */
            y?: number;
        };
        CommentReviewDto: {
            text: string;
            /** @description A place in a text, or a point of an image. */
            anchor?: components["schemas"]["NewAnchorDto"];
            /**
             * Format: uuid
             * @description The first comment of the thread that it answers in.
             */
            parentId?: string;
        };
        CommentAuthorDto: {
            /** @enum {string} */
            type: "member" | "client";
            /** @description A user’s id, or a client’s e-mail address where known. */
            id: string | null;
            name: string;
        };
        MentionDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        CommentDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            postId: string;
            /**
             * Format: uuid
             * @description Null for the first one of a thread.
             */
            parentId: string | null;
            /**
             * @description `internal`: colleagues alone. `client`: also by review link.
             * @enum {string}
             */
            visibility: "internal" | "client";
            author: components["schemas"]["CommentAuthorDto"];
            /** @description Empty where it was deleted. */
            text: string;
            /** @description Of the post, when it was written. */
            revision: number;
            anchor: components["schemas"]["AnchorDto"] | null;
            mentions: components["schemas"]["MentionDto"][];
            attachments: components["schemas"]["AttachmentDto"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            editedAt: string | null;
            /** Format: date-time */
            resolvedAt: string | null;
            resolvedBy: components["schemas"]["CommentAuthorDto"] | null;
            /** @description Nothing but its replies is left of it. */
            deleted: boolean;
            /** @description Of a thread, oldest first. */
            replies: components["schemas"]["CommentDto"][];
        };
        CommentsPageDto: {
            /** @description Threads, oldest first. */
            data: components["schemas"]["CommentDto"][];
            /** @description The `cursor` of the next page; absent on the last one. */
            next?: string;
            /** @description How many threads of the post nobody has resolved. */
            openThreads: number;
        };
        CreateCommentDto: {
            text: string;
            /**
             * @description `internal`: colleagues alone. `client`: also by review link. Left out: that of the thread, or internal.
             * @enum {string}
             */
            visibility?: "internal" | "client";
            /**
             * Format: uuid
             * @description The first comment of the thread that it answers in.
             */
            parentId?: string;
            /** @description Users who see the workspace; they are told. */
            mentions?: string[];
            anchor?: components["schemas"]["NewAnchorDto"];
            /** @description Media of the workspace. */
            attachments?: string[];
        };
        UpdateCommentDto: {
            /** @description Of one’s own comment. */
            text?: string;
            /** @description Of a thread: whether it is settled. */
            resolved?: boolean;
        };
        CalendarFailureDto: {
            /** @enum {string} */
            kind: "auth" | "permission" | "rate-limit" | "media" | "content" | "duplicate" | "unavailable" | "unknown";
            /** @description What went wrong. */
            message: string;
        };
        CalendarEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            postId: string;
            /** @description The version of the post, for `If-Match`. */
            postVersion: number;
            /** Format: uuid */
            channelId: string;
            /** @example bluesky */
            platform: string;
            /** @enum {string} */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            /**
             * @description Why it may not go out as things stand.
             * @enum {string}
             */
            heldReason?: "approval-missing" | "changed-after-approval" | "channel-disconnected" | "channel-paused" | "workspace-paused" | "organization-paused" | "installation-paused" | "media-processing" | "media-failed" | "too-late" | "held-by-person";
            /** Format: date-time */
            dueAt: string;
            /**
             * @description The zone in which the time was chosen.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** Format: date-time */
            publishedAt: string | null;
            /**
             * Format: uri
             * @description Where the published post can be seen.
             */
            permalink: string | null;
            /**
             * @description What people still have to know or to do about the published post, in a sentence.
             * @example It waits in TikTok’s inbox until it is posted from there.
             */
            note?: string;
            /**
             * @description What the platform is working on at the moment, in a sentence. Nothing is wrong, and nothing needs doing.
             * @example Instagram is processing the video.
             */
            waitingFor?: string;
            /**
             * Format: date-time
             * @description When the published post was removed from the platform. Absent = it was not.
             */
            removedAt?: string;
            /** @description The first 280 characters of what this channel gets. */
            text: string;
            /**
             * Format: uuid
             * @description The first image.
             */
            mediaId: string | null;
            mediaCount: number;
            /** @description What went wrong at the last attempt. */
            failure?: components["schemas"]["CalendarFailureDto"];
            /** @description Of its post, where one was asked for and is not there yet. */
            approval?: components["schemas"]["WaitingDto"];
        };
        SegmentDto: {
            /** @description 0 = the post itself. */
            position: number;
            /** @enum {string} */
            kind: "post" | "reply" | "comment";
            /**
             * @description `pending` = not known to be out.
             * @enum {string}
             */
            state: "published" | "pending";
            /** Format: uri */
            permalink: string | null;
            /** Format: date-time */
            publishedAt: string | null;
        };
        HeldDto: {
            message: string;
            remedy: string;
        };
        EditedDto: {
            /** Format: date-time */
            at: string;
            /** @description What it says since then. */
            text: string;
        };
        PublicationDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** @enum {string} */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            publishedAt: string | null;
            /**
             * Format: uri
             * @description Where the published post can be seen.
             */
            permalink: string | null;
            /**
             * @description What people still have to know or to do about the published post, in a sentence.
             * @example It waits in TikTok’s inbox until it is posted from there.
             */
            note?: string;
            /**
             * @description What the platform is working on at the moment, in a sentence. Nothing is wrong, and nothing needs doing.
             * @example Instagram is processing the video.
             */
            waitingFor?: string;
            /**
             * Format: date-time
             * @description When the published post was removed from the platform. Absent = it was not.
             */
            removedAt?: string;
            /**
             * @description Why it may not go out as things stand.
             * @enum {string}
             */
            heldReason?: "approval-missing" | "changed-after-approval" | "channel-disconnected" | "channel-paused" | "workspace-paused" | "organization-paused" | "installation-paused" | "media-processing" | "media-failed" | "too-late" | "held-by-person";
            /** @description What went wrong at the last attempt. */
            failure?: components["schemas"]["FailureDto"];
            /** Format: uuid */
            postId: string;
            /** Format: uuid */
            workspaceId: string;
            /** @description The revision of the post that goes out. */
            revision: number;
            /**
             * @description The zone in which the time was chosen.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description How often it was tried. */
            attempts: number;
            /** @description What is out of it and what is not, in order. */
            segments: components["schemas"]["SegmentDto"][];
            /** @description What it has cost so far, in US dollars; null where the platform costs nothing. */
            cost: number | null;
            held?: components["schemas"]["HeldDto"];
            /** @description The last change of the published text. */
            edited?: components["schemas"]["EditedDto"];
        };
        LogEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "scheduled" | "revised" | "rescheduled" | "cleared" | "clearance-withdrawn" | "held" | "released" | "attempt-started" | "step-done" | "fenced" | "committed" | "segment-published" | "published" | "retry-planned" | "reconciled" | "failed" | "unconfirmed" | "cancelled" | "resolved" | "removed" | "edited";
            actor: components["schemas"]["ActorDto"];
            /** @description The attempt that it belongs to; 0 before the first. */
            attempt: number;
            /**
             * @description The state after it.
             * @enum {string}
             */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            failure?: components["schemas"]["FailureDto"];
            /** @description What was seen or done, in detail. */
            evidence?: {
                [key: string]: unknown;
            };
        };
        ResolvePublicationDto: {
            /**
             * @description What you saw on the platform. `not-published` sends it again.
             * @enum {string}
             */
            outcome: "published" | "not-published";
            /**
             * Format: uri
             * @description Where the post is, if it was published.
             */
            permalink?: string;
        };
        EditPublicationDto: {
            /** @description What the published post says from now on. */
            text: string;
        };
        PriceSumDto: {
            /** @example x */
            platform: string;
            /**
             * @description Its id in the price list of the platform.
             * @example post-with-link
             */
            price: string;
            /** @example a post that holds a link */
            label: string;
            count: number;
            /** @description US dollars, at the prices of those days. */
            usd: number;
        };
        ChannelSpendingDto: {
            /**
             * Format: uuid
             * @description Null = for the connecting of accounts, before they had a channel.
             */
            channelId: string | null;
            name: string | null;
            platform: string;
            /** @description US dollars. */
            usd: number;
            prices: components["schemas"]["PriceSumDto"][];
        };
        SpendingSumsDto: {
            /** @description US dollars in all. */
            usd: number;
            prices: components["schemas"]["PriceSumDto"][];
            channels: components["schemas"]["ChannelSpendingDto"][];
        };
        SpendingDto: {
            /** @description US dollars in all. */
            usd: number;
            prices: components["schemas"]["PriceSumDto"][];
            channels: components["schemas"]["ChannelSpendingDto"][];
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description What practice would have cost. It is in none of the other sums. */
            practice: components["schemas"]["SpendingSumsDto"];
        };
        /**
         * @description What `GET /v1/support/causes` counts it under.
         * @enum {string}
         */
        Cause: "unconfirmed" | "failed:auth" | "failed:permission" | "failed:rate-limit" | "failed:media" | "failed:content" | "failed:duplicate" | "failed:unavailable" | "failed:unknown" | "late" | "held:approval-missing" | "held:changed-after-approval" | "held:channel-disconnected" | "held:channel-paused" | "held:workspace-paused" | "held:organization-paused" | "held:installation-paused" | "held:media-processing" | "held:media-failed" | "held:too-late" | "held:held-by-person";
        AttentionDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** @enum {string} */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            /** Format: date-time */
            dueAt: string;
            /** Format: date-time */
            publishedAt: string | null;
            /**
             * Format: uri
             * @description Where the published post can be seen.
             */
            permalink: string | null;
            /**
             * @description What people still have to know or to do about the published post, in a sentence.
             * @example It waits in TikTok’s inbox until it is posted from there.
             */
            note?: string;
            /**
             * @description What the platform is working on at the moment, in a sentence. Nothing is wrong, and nothing needs doing.
             * @example Instagram is processing the video.
             */
            waitingFor?: string;
            /**
             * Format: date-time
             * @description When the published post was removed from the platform. Absent = it was not.
             */
            removedAt?: string;
            /**
             * @description Why it may not go out as things stand.
             * @enum {string}
             */
            heldReason?: "approval-missing" | "changed-after-approval" | "channel-disconnected" | "channel-paused" | "workspace-paused" | "organization-paused" | "installation-paused" | "media-processing" | "media-failed" | "too-late" | "held-by-person";
            /** @description What went wrong at the last attempt. */
            failure?: components["schemas"]["FailureDto"];
            /** Format: uuid */
            postId: string;
            /** Format: uuid */
            workspaceId: string;
            /** @description The revision of the post that goes out. */
            revision: number;
            /**
             * @description The zone in which the time was chosen.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @description How often it was tried. */
            attempts: number;
            /** @description What is out of it and what is not, in order. */
            segments: components["schemas"]["SegmentDto"][];
            /** @description What it has cost so far, in US dollars; null where the platform costs nothing. */
            cost: number | null;
            held?: components["schemas"]["HeldDto"];
            /** @description The last change of the published text. */
            edited?: components["schemas"]["EditedDto"];
            /** @description What `GET /v1/support/causes` counts it under. */
            cause: components["schemas"]["Cause"];
            /** @example bluesky */
            platform: string;
            channelName: string;
            workspaceName: string;
            /** @description The first 280 characters of what this channel gets. */
            text: string;
            /**
             * Format: date-time
             * @description When it came to be as it is.
             */
            updatedAt: string;
        };
        CauseDto: {
            cause: components["schemas"]["Cause"];
            /** @enum {string} */
            state: "unconfirmed" | "failed" | "late" | "held";
            count: number;
            /**
             * Format: date-time
             * @description When the first of them was due.
             */
            oldestDueAt: string;
            /** @description What is wrong. */
            title: string;
            /** @description The next step. */
            remedy: string;
            /**
             * @description The platforms that they go to.
             * @example [
             *       "bluesky"
             *     ]
             */
            platforms: string[];
        };
        CausesDto: {
            /** @description The worst first. */
            data: components["schemas"]["CauseDto"][];
            /** @description How many publications need attention in all. */
            total: number;
        };
        DelayDto: {
            /** @example bluesky */
            platform: string;
            /** @description It concerns practice channels. */
            practice: boolean;
            /**
             * @description `outage`: the platform, or the server that these channels are on, is away. `recovering`: it came back and is not flooded. `app-limit`: the platform takes no more from this installation for now. `app-budget`: what this installation may use of the platform in a day is used up.
             * @enum {string}
             */
            cause: "outage" | "recovering" | "app-limit" | "app-budget";
            /** Format: date-time */
            since: string;
            /**
             * Format: date-time
             * @description When it is tried again; null while it recovers.
             */
            until: string | null;
            /** @description The channels that wait. */
            channels: string[];
            /** @description What is wrong. */
            message: string;
            /** @description What follows. */
            remedy: string;
        };
        DelaysDto: {
            /** @description The longest first. */
            data: components["schemas"]["DelayDto"][];
        };
        AttentionFilterDto: {
            /**
             * @description Only these. `late` = due more than five minutes ago and still on its way.
             * @enum {string}
             */
            state?: "unconfirmed" | "failed" | "late" | "held";
            /** @description Only those that have this cause. */
            cause?: components["schemas"]["Cause"];
            /**
             * Format: uuid
             * @description Only those of this channel.
             */
            channelId?: string;
            /**
             * Format: uuid
             * @description Only those of this workspace.
             */
            workspaceId?: string;
            /**
             * @description Only those that go to this platform.
             * @example bluesky
             */
            platform?: string;
            /**
             * @description Only those whose last failure is of this kind.
             * @enum {string}
             */
            failureKind?: "auth" | "permission" | "rate-limit" | "media" | "content" | "duplicate" | "unavailable" | "unknown";
            /** @description Only those whose last failure has this code, written as the platform does: `190/463`. */
            platformCode?: string;
            /** @description Only that of which this request failed, at the last attempt or an earlier one, or looked for it. */
            requestId?: string;
            /** @description Only those whose text contains this, in whatever case. */
            text?: string;
            /**
             * Format: date-time
             * @description Only those due then or later.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Only those due before.
             */
            to?: string;
            /**
             * Format: uuid
             * @description Only those of this post.
             */
            postId?: string;
            /**
             * Format: uuid
             * @description Only this publication.
             */
            publicationId?: string;
        };
        SupportPreviewRequestDto: {
            /**
             * @description `retry` tries once more and at once, `hold` keeps from going out until a person releases, `release` ends that, `resolve` decides about unconfirmed ones, `reconcile` looks on the platform now and sends nothing.
             * @enum {string}
             */
            action: "retry" | "hold" | "release" | "resolve" | "reconcile";
            /** @description All that this finds, at most 1000. */
            filter?: components["schemas"]["AttentionFilterDto"];
            /** @description Instead of a filter: these publications, whatever their state. */
            ids?: string[];
            /**
             * @description For `resolve`: what was seen of all of them. `not-published` sends them again.
             * @enum {string}
             */
            resolution?: "published" | "not-published";
        };
        PreviewGroupDto: {
            /** @enum {string} */
            outcome: "done" | "skipped";
            count: number;
            /** @description What happens, or why nothing does. */
            sentence: string;
            /** @example bluesky */
            platform?: string;
            /**
             * @description Why nothing happens, for programs.
             * @example held:channel-paused
             */
            rule?: string;
        };
        PreviewItemDto: {
            /** @example bluesky */
            platform: string;
            channelName: string;
            workspaceName: string;
            /** @description The first 280 characters of what this channel gets. */
            text: string;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            outcome: "done" | "skipped";
            /** @description What happens, or why nothing does. */
            sentence: string;
            /** @enum {string} */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
        };
        SupportPreviewDto: {
            /**
             * Format: uuid
             * @description Carries it out, on exactly these publications as they are now.
             */
            previewToken: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description How many publications were chosen. */
            total: number;
            /** @description About how many of them something is done. */
            done: number;
            /** @description How many are left as they are. */
            skipped: number;
            groups: components["schemas"]["PreviewGroupDto"][];
            /** @description The first 20 of them. */
            items: components["schemas"]["PreviewItemDto"][];
        };
        SupportActionRequestDto: {
            /**
             * Format: uuid
             * @description That of the preview.
             */
            previewToken: string;
            /**
             * @description The first to be done, to do it part by part.
             * @default 0
             */
            offset: number;
            /**
             * @description How many are done.
             * @default 1000
             */
            limit: number;
        };
        SupportResultDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            outcome: "done" | "skipped";
            /**
             * @description As it is now; absent where it is gone.
             * @enum {string}
             */
            state?: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            /** @enum {string} */
            heldReason?: "approval-missing" | "changed-after-approval" | "channel-disconnected" | "channel-paused" | "workspace-paused" | "organization-paused" | "installation-paused" | "media-processing" | "media-failed" | "too-late" | "held-by-person";
            /** @description Why it was skipped, or what still keeps it back. */
            why?: string;
        };
        SupportResultsDto: {
            data: components["schemas"]["SupportResultDto"][];
            /** @description How many publications the preview showed. */
            total: number;
            done: number;
            skipped: number;
        };
        PublicationEventDto: {
            /** Format: uuid */
            publicationId: string;
            /** Format: uuid */
            postId: string;
            /** Format: uuid */
            workspaceId: string;
            /** Format: uuid */
            channelId: string;
            /**
             * @description The state after the change.
             * @enum {string}
             */
            state: "scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "cancelled" | "held";
            /** @description Counts the changes of the publication: a smaller one is older news. */
            version: number;
            /**
             * @description What happened, as in the publishing log.
             * @enum {string}
             */
            kind: "scheduled" | "revised" | "rescheduled" | "cleared" | "clearance-withdrawn" | "held" | "released" | "attempt-started" | "step-done" | "fenced" | "committed" | "segment-published" | "published" | "retry-planned" | "reconciled" | "failed" | "unconfirmed" | "cancelled" | "resolved" | "removed" | "edited";
            /** Format: date-time */
            at: string;
        };
        RenditionEventDto: {
            /** Format: uuid */
            id: string;
            /** @description The files that it is made of, as far as you may see them. */
            mediaIds: string[];
            /** @description Where those lie. */
            workspaceIds: string[];
            /** @enum {string} */
            state: "waiting" | "running" | "ready" | "failed" | "cancelled";
            /** @description From 0 to 1, while it is made. */
            progress: number | null;
            /** @description How long the rest may take, in milliseconds. */
            remainingMs: number | null;
        };
        PlaceDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        NotificationSubjectDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description A post is named by what it says.
             * @enum {string}
             */
            type: "channel" | "connection" | "post";
            /**
             * @description Null of a post.
             * @example bluesky
             */
            platform: string | null;
            practice: boolean;
            /**
             * Format: uuid
             * @description Of a post: the comment, or its thread.
             */
            commentId: string | null;
        };
        NotificationDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            readAt: string | null;
            /**
             * Format: date-time
             * @description When it was over; null while it needs somebody.
             */
            closedAt: string | null;
            /**
             * @description What it is about. There is one notification for it, however often it happened.
             * @enum {string}
             */
            cause: "unconfirmed" | "failed:auth" | "failed:permission" | "failed:rate-limit" | "failed:media" | "failed:content" | "failed:duplicate" | "failed:unavailable" | "failed:unknown" | "held:approval-missing" | "held:changed-after-approval" | "held:channel-disconnected" | "held:media-failed" | "held:too-late" | "connection:dead" | "connection:expiring" | "approval:waiting" | "approval:changes-requested" | "approval:approved" | "approval:withdrawn" | "comment:mention" | "comment:reply" | "comment:client";
            /** @description Publications that share the cause, or did when it was over; 1 of a post. */
            count: number;
            /** @example 12 posts could not be published on North Roast */
            headline: string;
            /** @description What is wrong. */
            title: string;
            /** @description What to do about it. */
            remedy: string;
            workspace: components["schemas"]["PlaceDto"];
            subject: components["schemas"]["NotificationSubjectDto"];
        };
        NotificationsDto: {
            data: components["schemas"]["NotificationDto"][];
            /** @description The `cursor` of the next page; absent on the last one. */
            next?: string;
            /** @description All that still need somebody and were not read. */
            unread: number;
        };
        NotificationPreferencesDto: {
            /**
             * @description `immediate`: by mail at once. `digest`: once a day at 8:00. `off`: only in ClickPost.
             * @enum {string}
             */
            email: "immediate" | "digest" | "off";
        };
        EventTypeDto: {
            /** @example publication.published */
            type: string;
            /** @description When it happens. */
            when: string;
            /** @description A whole payload, as it is sent. */
            example: {
                [key: string]: unknown;
            };
        };
        EventTypesDto: {
            data: components["schemas"]["EventTypeDto"][];
        };
        WebhookDto: {
            /** Format: uuid */
            id: string;
            url: string;
            description: string;
            /** @description Of what it is told: `all`, also what is added later, or names of `GET /v1/webhooks/event-types`. */
            eventTypes: "all" | ("post.created" | "post.updated" | "post.scheduled" | "post.deleted" | "approval.requested" | "approval.decided" | "approval.withdrawn" | "approval.approved" | "approval.changes-requested" | "approval.waiting" | "comment.created" | "comment.resolved" | "publication.scheduled" | "publication.rescheduled" | "publication.held" | "publication.released" | "publication.retry-planned" | "publication.published" | "publication.failed" | "publication.unconfirmed" | "publication.resolved" | "publication.cancelled" | "publication.removed" | "connection.connected" | "connection.disconnected" | "connection.reconnected" | "connection.expiring")[];
            /** @description null = all of the organization. */
            workspaceIds: string[] | null;
            /**
             * @description `failing`: the last tries did not succeed; after five days it is disabled.
             * @enum {string}
             */
            state: "working" | "failing" | "disabled";
            /**
             * Format: date-time
             * @description Nothing was taken since then.
             */
            failingSince: string | null;
            /**
             * Format: date-time
             * @description Accurate to ten seconds.
             */
            lastDeliveredAt: string | null;
            /** Format: date-time */
            disabledAt: string | null;
            /**
             * @description `gone`: the receiver answered with HTTP 410. `failing`: it took nothing for five days.
             * @enum {string|null}
             */
            disabledReason: "gone" | "failing" | "by-hand" | null;
            /**
             * Format: date-time
             * @description Until then messages are signed with the former secret too.
             */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description The number in the ETag. */
            version: number;
        };
        WebhooksDto: {
            data: components["schemas"]["WebhookDto"][];
        };
        CreateWebhookDto: {
            /**
             * @description Where to: https in production. It has to be on the public internet.
             * @example https://example.com/webhooks
             */
            url: string;
            /** @description What it is for. */
            description?: string;
            /** @description Of what it is told: `all`, also what is added later, or names of `GET /v1/webhooks/event-types`. */
            eventTypes: "all" | ("post.created" | "post.updated" | "post.scheduled" | "post.deleted" | "approval.requested" | "approval.decided" | "approval.withdrawn" | "approval.approved" | "approval.changes-requested" | "approval.waiting" | "comment.created" | "comment.resolved" | "publication.scheduled" | "publication.rescheduled" | "publication.held" | "publication.released" | "publication.retry-planned" | "publication.published" | "publication.failed" | "publication.unconfirmed" | "publication.resolved" | "publication.cancelled" | "publication.removed" | "connection.connected" | "connection.disconnected" | "connection.reconnected" | "connection.expiring")[];
            /** @description Only what happens in these workspaces. null = in all of the organization, and what concerns it as a whole. */
            workspaceIds?: string[] | null;
        };
        WebhookWithSecretDto: {
            /** Format: uuid */
            id: string;
            url: string;
            description: string;
            /** @description Of what it is told: `all`, also what is added later, or names of `GET /v1/webhooks/event-types`. */
            eventTypes: "all" | ("post.created" | "post.updated" | "post.scheduled" | "post.deleted" | "approval.requested" | "approval.decided" | "approval.withdrawn" | "approval.approved" | "approval.changes-requested" | "approval.waiting" | "comment.created" | "comment.resolved" | "publication.scheduled" | "publication.rescheduled" | "publication.held" | "publication.released" | "publication.retry-planned" | "publication.published" | "publication.failed" | "publication.unconfirmed" | "publication.resolved" | "publication.cancelled" | "publication.removed" | "connection.connected" | "connection.disconnected" | "connection.reconnected" | "connection.expiring")[];
            /** @description null = all of the organization. */
            workspaceIds: string[] | null;
            /**
             * @description `failing`: the last tries did not succeed; after five days it is disabled.
             * @enum {string}
             */
            state: "working" | "failing" | "disabled";
            /**
             * Format: date-time
             * @description Nothing was taken since then.
             */
            failingSince: string | null;
            /**
             * Format: date-time
             * @description Accurate to ten seconds.
             */
            lastDeliveredAt: string | null;
            /** Format: date-time */
            disabledAt: string | null;
            /**
             * @description `gone`: the receiver answered with HTTP 410. `failing`: it took nothing for five days.
             * @enum {string|null}
             */
            disabledReason: "gone" | "failing" | "by-hand" | null;
            /**
             * Format: date-time
             * @description Until then messages are signed with the former secret too.
             */
            formerSecretUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description The number in the ETag. */
            version: number;
            /** @description Shown this once. By it receivers know that a message is from ClickPost. */
            secret: string;
        };
        UpdateWebhookDto: {
            /** @example https://example.com/webhooks */
            url?: string;
            description?: string;
            /** @description Of what it is told: `all`, also what is added later, or names of `GET /v1/webhooks/event-types`. */
            eventTypes?: "all" | ("post.created" | "post.updated" | "post.scheduled" | "post.deleted" | "approval.requested" | "approval.decided" | "approval.withdrawn" | "approval.approved" | "approval.changes-requested" | "approval.waiting" | "comment.created" | "comment.resolved" | "publication.scheduled" | "publication.rescheduled" | "publication.held" | "publication.released" | "publication.retry-planned" | "publication.published" | "publication.failed" | "publication.unconfirmed" | "publication.resolved" | "publication.cancelled" | "publication.removed" | "connection.connected" | "connection.disconnected" | "connection.reconnected" | "connection.expiring")[];
            /** @description Only what happens in these workspaces. null = in all of the organization, and what concerns it as a whole. */
            workspaceIds?: string[] | null;
            /** @description false = it is sent nothing; true = also what was waiting, at once. */
            enabled?: boolean;
        };
        DeliveryTryDto: {
            /** Format: date-time */
            at: string;
            durationMs: number;
            /** @description null where no answer came. */
            status: number | null;
            /** @description The first kilobyte of the answer. */
            answer: string | null;
            error: string | null;
        };
        DeliveryDetailDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            webhookId: string;
            /**
             * Format: uuid
             * @description The header `webhook-id`: the same however often it is sent.
             */
            messageId: string;
            type: string;
            /** Format: uuid */
            workspaceId: string | null;
            /**
             * @description `waiting`: it is tried now, or again later.
             * @enum {string}
             */
            state: "waiting" | "delivered" | "failed";
            /** @description Since it was begun, or repeated last. */
            tries: number;
            /** @description Of the last try; null where no answer came. */
            lastStatus: number | null;
            /** @description Why the last try did not succeed. */
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            nextTryAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** @description The body, exactly as it was signed and sent. */
            payload: string;
            /** @description Oldest first; the latest hundred. */
            attempts: components["schemas"]["DeliveryTryDto"][];
        };
        DeliveryDto: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            webhookId: string;
            /**
             * Format: uuid
             * @description The header `webhook-id`: the same however often it is sent.
             */
            messageId: string;
            type: string;
            /** Format: uuid */
            workspaceId: string | null;
            /**
             * @description `waiting`: it is tried now, or again later.
             * @enum {string}
             */
            state: "waiting" | "delivered" | "failed";
            /** @description Since it was begun, or repeated last. */
            tries: number;
            /** @description Of the last try; null where no answer came. */
            lastStatus: number | null;
            /** @description Why the last try did not succeed. */
            lastError: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            nextTryAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
        };
        RepeatDeliveriesDto: {
            /**
             * Format: date-time
             * @description All that failed of what happened since then.
             */
            since: string;
        };
        RepeatedDto: {
            /** @description How many are sent again. */
            repeated: number;
        };
        PracticeMediaDto: {
            /**
             * @description Below the address of this API.
             * @example /v1/practice/media/9f86d0…
             */
            url: string;
            /** @example image/jpeg */
            contentType: string;
            altText?: string;
        };
        PracticeLookDto: {
            /**
             * @description `feed` = the text, then the files; `gallery` = the files, then the text; `tall` = one upright file.
             * @enum {string}
             */
            arrangement: "feed" | "gallery" | "tall";
            /**
             * @description What kind of post it is; absent = the ordinary one.
             * @example Reel
             */
            format?: string;
            location?: string;
            /** @example coffee */
            topic?: string;
            /** @description Of its video. */
            title?: string;
            /** @description The answers of its poll; empty where it has none. */
            poll: string[];
            /** @description Who posts it too. */
            collaborators: string[];
            /** @description What the post is hidden behind. */
            warning?: string;
            /** @description What its files are hidden behind. */
            spoiler?: string;
            /**
             * @description The image that stands for the video, below the address of this API.
             * @example /v1/practice/media/9f86d0…
             */
            poster?: string;
            /** @description The shape in which all files are shown, width by height. */
            shape?: number;
            /**
             * @description What else is said, a sentence each.
             * @example [
             *       "Sound: Rain"
             *     ]
             */
            facts: string[];
        };
        PracticePostDto: {
            /** @example mastodon */
            platform: string;
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            workspaceId: string;
            /** Format: uuid */
            postId: string;
            /** Format: uuid */
            publicationId: string;
            /** @description The account that it is on, by the id that the platform has for it. */
            account: string;
            accountName: string;
            /** @description What the platform calls the post. */
            id: string;
            text: string;
            link?: string;
            media: components["schemas"]["PracticeMediaDto"][];
            /** @description What it answers, by its `id`: a part of a thread, or a comment. */
            replyTo?: string;
            look: components["schemas"]["PracticeLookDto"];
            /**
             * Format: date-time
             * @description When it became visible.
             */
            at: string;
            /** Format: uri */
            permalink: string;
        };
        HealthDto: {
            /** @enum {string} */
            status: "ok";
        };
        Problem: {
            /** @enum {string} */
            type: "urn:clickpost:problem:malformed-request" | "urn:clickpost:problem:validation-failed" | "urn:clickpost:problem:unauthorized" | "urn:clickpost:problem:passcode-required" | "urn:clickpost:problem:second-factor-required" | "urn:clickpost:problem:forbidden" | "urn:clickpost:problem:not-found" | "urn:clickpost:problem:method-not-allowed" | "urn:clickpost:problem:conflict" | "urn:clickpost:problem:already-exists" | "urn:clickpost:problem:already-publishing" | "urn:clickpost:problem:approval-required" | "urn:clickpost:problem:gone" | "urn:clickpost:problem:media-in-use" | "urn:clickpost:problem:quota-exceeded" | "urn:clickpost:problem:precondition-failed" | "urn:clickpost:problem:payload-too-large" | "urn:clickpost:problem:unsupported-media-type" | "urn:clickpost:problem:unprocessable" | "urn:clickpost:problem:idempotency-key-reused" | "urn:clickpost:problem:no-slots" | "urn:clickpost:problem:connection-refused" | "urn:clickpost:problem:platform-failure" | "urn:clickpost:problem:precondition-required" | "urn:clickpost:problem:too-many-requests" | "urn:clickpost:problem:internal" | "urn:clickpost:problem:storage-full" | "urn:clickpost:problem:unavailable";
            title: string;
            status: number;
            /** @description What happened this time, for people. */
            detail: string;
            instance?: string;
            /** @description Every field that breaks a rule. */
            errors?: {
                /** @example content/text */
                field: string;
                rule: string;
                message: string;
                /** @description What to do about it. */
                remedy: string;
                /**
                 * Format: uuid
                 * @description The channel whose rule it is.
                 */
                channelId?: string;
                /**
                 * Format: uri
                 * @description Where the platform says so.
                 */
                docs?: string;
                /**
                 * Format: date
                 * @description When the rule was last compared with that page.
                 */
                verifiedOn?: string;
            }[];
        };
    };
    responses: {
        /** @description What went wrong, and what to do about it (RFC 9457). */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    signUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignUpDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedUpDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogInDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedInDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    enterSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorCodeDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedInDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskForResetDto"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPasswordDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePasswordDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailedTokenDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getSecurity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecurityDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    beginSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewSecondFactorDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondFactorCodeDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    startFacebookSignIn: {
        parameters: {
            query?: {
                /** @description Where to go afterwards: an address of the web. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To Facebook. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    unlinkFacebook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    requireSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequireSecondFactorDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getSignInOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptionsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    finishFacebookSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page where it goes on. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Those of all members, and not only yours. */
                all?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ApiKeyDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description Only what this user did. */
                userId?: string;
                /** @description Only this, as `GET /v1/audit-log/operations` names it. */
                operation?: string;
                /** @description Only what was done to the thing with this id. */
                subjectId?: string;
                /** @description Only what was done in this workspace alone. */
                workspaceId?: string;
                /** @description Only what was done then or later. */
                from?: string;
                /** @description Only what was done before. */
                to?: string;
                /** @description Only those that have this, in whatever case, in the name of who did it or of what it was done to, or in what was done; or whose whole IP address it is. */
                text?: string;
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntryDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAuditOperations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditOperationsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportAuditLog: {
        parameters: {
            query?: {
                /** @description Only what this user did. */
                userId?: string;
                /** @description Only this, as `GET /v1/audit-log/operations` names it. */
                operation?: string;
                /** @description Only what was done to the thing with this id. */
                subjectId?: string;
                /** @description Only what was done in this workspace alone. */
                workspaceId?: string;
                /** @description Only what was done then or later. */
                from?: string;
                /** @description Only what was done before. */
                to?: string;
                /** @description Only those that have this, in whatever case, in the name of who did it or of what it was done to, or in what was done; or whose whole IP address it is. */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWorkspaces: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Whether archived workspaces are listed too. */
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["WorkspaceDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createWorkspace: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWorkspaceDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWorkspaceDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pauseWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resumeWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    archiveWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    restoreWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWorkspaceMembers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ColleagueDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOrganizationDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedOrganizationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateOrganizationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    transferOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferOrganizationDto"];
            };
        };
        responses: {
            /** @description The new owner. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    leaveOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    pauseOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resumeOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganizationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MemberDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMemberDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMyOrganizations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MembershipsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    switchOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchOrganizationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["InvitationDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInvitationDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationCardDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedInDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPlatforms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listApps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstallationAppsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutAppDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstallationAppDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    requestDataDeletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionAnswerDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deauthorizeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The challenge. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    receiveWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was heard. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listConnections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConnectionDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listOrganizationConnections: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listPlaces: {
        parameters: {
            query: {
                /** @description The workspace whose channels are compared with them. */
                workspaceId: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReachedPlacesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addChannels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddChannelsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReconnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    beginReconnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReconnectDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteReconnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmReconnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmReconnectDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    finishConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                platform: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDto"];
                    "text/html": components["schemas"]["ConnectionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getChannelUsage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelUsagesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getChannelTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelTermsAnswerDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    lookUpChannelSetting: {
        parameters: {
            query: {
                /** @description What to search for, as people type it. An empty query finds nothing, and all there is of a setting that is `listed`. */
                query: string;
                /** @description The `value` that was chosen in the setting that this one depends on (`dependsOn`): a board, to find its sections. */
                of?: string;
            };
            header?: never;
            path: {
                id: string;
                setting: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookupAnswersDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    pauseChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resumeChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listMediaFolders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoldersDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createMediaFolder: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateFolderDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteMediaFolder: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateMediaFolder: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateFolderDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMediaQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaQuotaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setMediaQuota: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetMediaQuotaDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaQuotaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMedia: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Words that begin words of the name, a tag or the description. */
                q?: string;
                /** @description What lies in this folder itself; `none` = in no folder. */
                folderId?: string;
                tag?: string;
                kind?: "image" | "video" | "document";
                /** @description `true`: only what no post uses. */
                unused?: boolean;
                /** @description `true`: only images and videos without a description. */
                missingAltText?: boolean;
                /** @description By name from A, by size from the largest. */
                sort?: "newest" | "name" | "size";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MediaDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    uploadMedia: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    /** @description Describes the image. */
                    altText?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMediaTags: {
        parameters: {
            query?: {
                /** @description How the tag begins. */
                q?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    actOnMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActOnMediaDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaResultsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateMedia: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateMediaDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMediaUses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaUsesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMediaVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaVersionsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addMediaVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMediaVersionDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMediaContent: {
        parameters: {
            query?: {
                /** @description In pixels: a still image of at most this width. Without it the original. */
                width?: 200 | 400 | 800 | 1600;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
                /** @description Bytes of the whole file. */
                "Upload-Length": number;
                /** @description `filename`, `altText` and `folderId`, each with its value in Base64, separated by commas. */
                "Upload-Metadata"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Begun. */
            201: {
                headers: {
                    /** @description The address of the upload. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    describeUploads: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What can be done. */
            204: {
                headers: {
                    /** @description Bytes of the largest file. */
                    "Tus-Max-Size"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteUpload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
            };
            path: {
                id: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancelled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    headUpload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
            };
            path: {
                id: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How much has arrived. */
            200: {
                headers: {
                    /** @description Bytes that have arrived. */
                    "Upload-Offset"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    patchUpload: {
        parameters: {
            query?: never;
            header: {
                "Tus-Resumable": "1.0.0";
                /** @description Where the bytes belong. */
                "Upload-Offset": number;
            };
            path: {
                id: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description Arrived. */
            204: {
                headers: {
                    /** @description Bytes that have arrived. */
                    "Upload-Offset"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getRendition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenditionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getRenditionContent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/*": string;
                    "image/*": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelRendition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenditionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    retryRendition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenditionDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPosts: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description `draft` = only posts that are not scheduled anywhere. */
                state?: "draft";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PostDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPost: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePostDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description Names this version, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    validatePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePostDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreflightDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description Names this version, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deletePost: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updatePost: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdatePostDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description Names this version, for `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPostMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostMediaDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRevisions: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["RevisionDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getChanges: {
        parameters: {
            query: {
                /** @description The earlier revision. */
                from: number;
                /** @description The later one; left out, it is the present one. */
                to?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getApprovalWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalWorkflowDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setApprovalWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetApprovalWorkflowDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalWorkflowDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAbsences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbsencesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getAbsence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbsenceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putAbsence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetAbsenceDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AbsenceDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteAbsence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description `me` = only what waits for whoever asks. */
                waitingFor?: "me" | "anybody";
                /** @description Only what lies in this workspace. */
                workspaceId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["InboxItemDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    countApprovals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxCountDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    decideApprovals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideManyDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResultsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReviewLinks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ReviewLinkDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createReviewLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateReviewLinkDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewLinkDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeReviewLinks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeReviewLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                linkId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getReview: {
        parameters: {
            query?: {
                /** @description A revision that you saw before: the answer says what changed. Left out, it is the one you decided about. */
                since?: number;
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    enterReviewPasscode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnterPasscodeDto"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    decideReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    commentReview: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentReviewDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewCommentDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReviewMediaContent: {
        parameters: {
            query?: {
                /** @description In pixels: a still image of at most this width. Without it the original. */
                width?: 200 | 400 | 800 | 1600;
            };
            header?: never;
            path: {
                token: string;
                mediaId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                    "video/*": string;
                    "application/*": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReviewRenditionContent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
                renditionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "video/*": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listComments: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentsPageDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCommentDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateCommentDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCalendar: {
        parameters: {
            query: {
                /** @description The first instant. */
                from: string;
                /** @description The instant behind the last one, at most 100 days later. */
                to: string;
                /** @description Only those of these channels; repeated, or separated by commas. */
                channelId?: string[];
                /** @description Only those in these states; repeated, or separated by commas. */
                state?: ("scheduled" | "preparing" | "ready" | "committing" | "published" | "failed" | "unconfirmed" | "held")[];
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CalendarEntryDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPublicationLog: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["LogEntryDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    retryPublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    holdPublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releasePublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    reconcilePublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelPublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resolvePublication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolvePublicationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removePublication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    editPublication: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditPublicationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicationDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWorkspaceSpending: {
        parameters: {
            query: {
                /** @description The first instant. */
                from: string;
                /** @description The instant behind the last one, at most a year later. */
                to: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpendingDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPublicationsNeedingAttention: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Only these. `late` = due more than five minutes ago and still on its way. */
                state?: "unconfirmed" | "failed" | "late" | "held";
                /** @description Only those that have this cause. */
                cause?: components["schemas"]["Cause"];
                /** @description Only those of this channel. */
                channelId?: string;
                /** @description Only those of this workspace. */
                workspaceId?: string;
                /** @description Only those that go to this platform. */
                platform?: string;
                /** @description Only those whose last failure is of this kind. */
                failureKind?: "auth" | "permission" | "rate-limit" | "media" | "content" | "duplicate" | "unavailable" | "unknown";
                /** @description Only those whose last failure has this code, written as the platform does: `190/463`. */
                platformCode?: string;
                /** @description Only that of which this request failed, at the last attempt or an earlier one, or looked for it. */
                requestId?: string;
                /** @description Only those whose text contains this, in whatever case. */
                text?: string;
                /** @description Only those due then or later. */
                from?: string;
                /** @description Only those due before. */
                to?: string;
                /** @description Only those of this post. */
                postId?: string;
                /** @description Only this publication. */
                publicationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AttentionDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCauses: {
        parameters: {
            query?: {
                /** @description Only these. `late` = due more than five minutes ago and still on its way. */
                state?: "unconfirmed" | "failed" | "late" | "held";
                /** @description Only those that have this cause. */
                cause?: components["schemas"]["Cause"];
                /** @description Only those of this channel. */
                channelId?: string;
                /** @description Only those of this workspace. */
                workspaceId?: string;
                /** @description Only those that go to this platform. */
                platform?: string;
                /** @description Only those whose last failure is of this kind. */
                failureKind?: "auth" | "permission" | "rate-limit" | "media" | "content" | "duplicate" | "unavailable" | "unknown";
                /** @description Only those whose last failure has this code, written as the platform does: `190/463`. */
                platformCode?: string;
                /** @description Only that of which this request failed, at the last attempt or an earlier one, or looked for it. */
                requestId?: string;
                /** @description Only those whose text contains this, in whatever case. */
                text?: string;
                /** @description Only those due then or later. */
                from?: string;
                /** @description Only those due before. */
                to?: string;
                /** @description Only those of this post. */
                postId?: string;
                /** @description Only this publication. */
                publicationId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CausesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDelays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelaysDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    previewSupportAction: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupportPreviewRequestDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportPreviewDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    carryOutSupportAction: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupportActionRequestDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportResultsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description Goes on behind this event id, as the header `Last-Event-ID` does. */
                after?: string;
            };
            header: {
                "last-event-id": string;
                /** @description Goes on behind this event; counts before `after`. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; the data of each `publication` and `rendition` is as described here. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["PublicationEventDto"] | components["schemas"]["RenditionEventDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Only those that still need somebody and were not read. */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationsDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    readNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getNotificationPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPreferencesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putNotificationPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationPreferencesDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPreferencesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypesDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhooksDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A new text of your choice for each thing to create; sent again, it gives the first answer again. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecretDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag of the version that you are changing. */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhookDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description For `If-Match`. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecretDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetailDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                state?: "waiting" | "delivered" | "failed";
                type?: "post.created" | "post.updated" | "post.scheduled" | "post.deleted" | "approval.requested" | "approval.decided" | "approval.withdrawn" | "approval.approved" | "approval.changes-requested" | "approval.waiting" | "comment.created" | "comment.resolved" | "publication.scheduled" | "publication.rescheduled" | "publication.held" | "publication.released" | "publication.retry-planned" | "publication.published" | "publication.failed" | "publication.unconfirmed" | "publication.resolved" | "publication.cancelled" | "publication.removed" | "connection.connected" | "connection.disconnected" | "connection.reconnected" | "connection.expiring" | "webhook.test";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliveryDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    repeatWebhookDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RepeatDeliveriesDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepeatedDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetailDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    repeatWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetailDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPracticePosts: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PracticePostDto"][];
                        /** @description The `cursor` of the next page; absent on the last one. */
                        next?: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPracticeMedia: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                digest: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
