// Written by tools/build/event-schemas.mjs from EventDataMap; do not edit.

export const DEFINITIONS: object = {
 "ApiKey": {
  "description": "GET /api/api-keys. `key` is in the answer to POST alone.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "prefix": {
    "description": "The visible beginning of the key, to recognise it by.",
    "type": "string"
   },
   "permissions": {
    "type": "array",
    "items": {
     "type": "string",
     "enum": [
      "workspace:read",
      "workspace:write",
      "members:read",
      "members:write",
      "teams:write",
      "roles:write",
      "policies:read",
      "policies:write",
      "sso:read",
      "sso:write",
      "api_keys:read",
      "api_keys:write",
      "audit:read",
      "audit:write",
      "privacy:write",
      "webhooks:read",
      "webhooks:write",
      "leads:read",
      "leads:write",
      "leads:delete",
      "conversations:read",
      "conversations:write",
      "messages:read",
      "messages:send",
      "drafts:read",
      "drafts:write",
      "tracking:read",
      "analytics:read",
      "events:read",
      "mailbox:use",
      "settings:write"
     ]
    }
   },
   "createdBy": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string"
     },
     "name": {
      "type": "string"
     }
    },
    "required": [
     "id",
     "name"
    ]
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "expiresAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "lastUsedAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "lastUsedIp": {
    "type": [
     "string",
     "null"
    ]
   },
   "allowedNetworks": {
    "description": "Networks (CIDR) it may be used from; empty for any.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "exposedAt": {
    "description": "When it was first sent where others can read it, such as in an address; null: never.",
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "revokedAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "name",
   "prefix",
   "permissions",
   "createdBy",
   "createdAt",
   "expiresAt",
   "lastUsedAt",
   "lastUsedIp",
   "allowedNetworks",
   "exposedAt",
   "revokedAt"
  ]
 },
 "AuditExportFilters": {
  "description": "Which entries are meant: those of GET /api/audit with the same words.",
  "type": "object",
  "properties": {
   "actorId": {
    "type": "string"
   },
   "outcome": {
    "type": "string",
    "enum": [
     "failed",
     "allowed",
     "denied"
    ]
   },
   "action": {
    "type": "string"
   },
   "targetType": {
    "type": "string",
    "enum": [
     "team",
     "user",
     "workspace",
     "role",
     "invitation",
     "api_key",
     "sso_provider",
     "scim_token",
     "audit_view",
     "provider_connection",
     "audit_export",
     "audit_schedule",
     "audit_stream",
     "lead",
     "conversation",
     "message",
     "draft",
     "legal_hold",
     "privacy_request",
     "session",
     "webhook"
    ]
   },
   "targetId": {
    "type": "string"
   },
   "from": {
    "type": "string"
   },
   "to": {
    "type": "string"
   },
   "ip": {
    "type": "string"
   },
   "requestId": {
    "type": "string"
   },
   "q": {
    "type": "string"
   }
  },
  "required": []
 },
 "AuditViewTold": {
  "description": "What events tell of a view: what it looks for by its names alone, because a value may be somebody's name.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "shared": {
    "type": "boolean"
   },
   "ownerId": {
    "type": "string"
   },
   "filters": {
    "type": "array",
    "items": {
     "type": "string",
     "enum": [
      "q",
      "actorId",
      "outcome",
      "action",
      "targetType",
      "targetId",
      "days",
      "from",
      "to",
      "ip",
      "requestId",
      "drafts"
     ]
    }
   }
  },
  "required": [
   "id",
   "name",
   "shared",
   "ownerId",
   "filters"
  ]
 },
 "Conversation": {
  "description": "A conversation with one lead on one channel.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "leadId": {
    "type": "string"
   },
   "leadName": {
    "description": "The lead's name, for lists.",
    "type": "string"
   },
   "channel": {
    "const": "email"
   },
   "subject": {
    "type": [
     "string",
     "null"
    ]
   },
   "status": {
    "type": "string",
    "enum": [
     "pending",
     "open",
     "snoozed",
     "resolved"
    ]
   },
   "priority": {
    "type": "string",
    "enum": [
     "low",
     "normal",
     "high",
     "urgent"
    ]
   },
   "assigneeId": {
    "type": [
     "string",
     "null"
    ]
   },
   "teamId": {
    "type": [
     "string",
     "null"
    ]
   },
   "tags": {
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "snoozedUntil": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "lastMessageId": {
    "description": "The newest message: its plain-text beginning, direction and time.",
    "type": [
     "string",
     "null"
    ]
   },
   "lastMessagePreview": {
    "type": [
     "string",
     "null"
    ]
   },
   "lastMessageDirection": {
    "type": [
     "string",
     "null"
    ],
    "enum": [
     "outbound",
     "inbound",
     null
    ]
   },
   "lastMessageAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "unreadCount": {
    "description": "Inbound messages since the last outbound one or the last time a member marked it read.",
    "type": "number"
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "updatedAt": {
    "type": "string",
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "leadId",
   "leadName",
   "channel",
   "subject",
   "status",
   "priority",
   "assigneeId",
   "teamId",
   "tags",
   "snoozedUntil",
   "lastMessageId",
   "lastMessagePreview",
   "lastMessageDirection",
   "lastMessageAt",
   "unreadCount",
   "createdAt",
   "updatedAt"
  ]
 },
 "GroupRole": {
  "description": "Members of a group of the provider get this role.",
  "type": "object",
  "properties": {
   "group": {
    "description": "As the provider writes it in its claim.",
    "type": "string"
   },
   "roleId": {
    "type": "string"
   }
  },
  "required": [
   "group",
   "roleId"
  ]
 },
 "Invitation": {
  "description": "GET /api/invitations.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "email": {
    "type": "string"
   },
   "roleId": {
    "type": "string"
   },
   "role": {
    "type": "string"
   },
   "teamIds": {
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "status": {
    "type": "string",
    "enum": [
     "pending",
     "accepted",
     "expired",
     "revoked"
    ]
   },
   "invitedBy": {
    "anyOf": [
     {
      "type": "object",
      "properties": {
       "id": {
        "type": "string"
       },
       "name": {
        "type": "string"
       }
      },
      "required": [
       "id",
       "name"
      ]
     },
     {
      "type": "null"
     }
    ]
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "sentAt": {
    "type": "string",
    "format": "date-time"
   },
   "expiresAt": {
    "type": "string",
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "email",
   "roleId",
   "role",
   "teamIds",
   "status",
   "invitedBy",
   "createdAt",
   "sentAt",
   "expiresAt"
  ]
 },
 "Lead": {
  "description": "A lead as the API answers it and as `lead.*` events carry it.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "email": {
    "type": [
     "string",
     "null"
    ]
   },
   "phone": {
    "type": [
     "string",
     "null"
    ]
   },
   "company": {
    "type": [
     "string",
     "null"
    ]
   },
   "title": {
    "type": [
     "string",
     "null"
    ]
   },
   "status": {
    "type": "string",
    "enum": [
     "new",
     "contacted",
     "qualified",
     "converted",
     "lost"
    ]
   },
   "tags": {
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "customFields": {
    "type": "object",
    "additionalProperties": {
     "type": [
      "string",
      "number",
      "boolean",
      "null"
     ]
    }
   },
   "ownerId": {
    "description": "The member who owns the lead.",
    "type": [
     "string",
     "null"
    ]
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "updatedAt": {
    "type": "string",
    "format": "date-time"
   },
   "lastActivityAt": {
    "description": "When something last passed between us and the lead: a message, an open, a click, a reply.",
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "name",
   "email",
   "phone",
   "company",
   "title",
   "status",
   "tags",
   "customFields",
   "ownerId",
   "createdAt",
   "updatedAt",
   "lastActivityAt"
  ]
 },
 "LeadSuppressed": {
  "description": "From now on nothing is sent to the lead's address.",
  "type": "object",
  "properties": {
   "leadId": {
    "type": "string"
   },
   "reason": {
    "type": "string",
    "enum": [
     "erased",
     "bounced",
     "complained"
    ]
   },
   "messageId": {
    "description": "The message that came back, or was reported as spam.",
    "type": "string"
   }
  },
  "required": [
   "leadId",
   "reason",
   "messageId"
  ]
 },
 "LegalHold": {
  "description": "What nobody may cut or erase for now, and why. Without targets and actors: everything.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "reason": {
    "type": "string"
   },
   "targets": {
    "description": "Entries about these, and these things themselves.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "actorIds": {
    "description": "Entries by these people, API keys or parts of Threadline.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "placedAt": {
    "type": "string",
    "format": "date-time"
   },
   "placedBy": {
    "type": "string"
   },
   "releasedAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "releasedBy": {
    "type": [
     "string",
     "null"
    ]
   }
  },
  "required": [
   "id",
   "reason",
   "targets",
   "actorIds",
   "placedAt",
   "placedBy",
   "releasedAt",
   "releasedBy"
  ]
 },
 "Member": {
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "userId": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "email": {
    "type": "string"
   },
   "roleId": {
    "type": "string"
   },
   "role": {
    "description": "The built-in role's word, or the custom role's name.",
    "type": "string"
   },
   "teamIds": {
    "description": "The teams they belong to.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "secondFactor": {
    "description": "True when they have a second factor.",
    "type": "boolean"
   },
   "joinedAt": {
    "type": "string",
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "userId",
   "name",
   "email",
   "roleId",
   "role",
   "teamIds",
   "secondFactor",
   "joinedAt"
  ]
 },
 "Message": {
  "description": "A message as the API answers it and as `message.*` events carry it.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "leadId": {
    "type": "string"
   },
   "conversationId": {
    "type": "string"
   },
   "channel": {
    "const": "email"
   },
   "direction": {
    "type": "string",
    "enum": [
     "outbound",
     "inbound"
    ]
   },
   "status": {
    "type": "string",
    "enum": [
     "failed",
     "queued",
     "cancelled",
     "bounced",
     "sending",
     "sent",
     "delivered",
     "unknown",
     "received"
    ]
   },
   "subject": {
    "type": [
     "string",
     "null"
    ]
   },
   "content": {
    "description": "As written: sanitised HTML where it has markup, otherwise plain text.",
    "type": "string"
   },
   "trackingId": {
    "type": [
     "string",
     "null"
    ]
   },
   "authorId": {
    "description": "The member who wrote it; null for inbound.",
    "type": [
     "string",
     "null"
    ]
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "undoUntil": {
    "description": "While queued: until when it can be taken back.",
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "sentAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "deliveredAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "openedAt": {
    "description": "First open judged human.",
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "clickedAt": {
    "description": "First click judged human.",
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "repliedAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "failure": {
    "description": "Why it failed, bounced or is unknown, in words for people.",
    "type": [
     "string",
     "null"
    ]
   }
  },
  "required": [
   "id",
   "leadId",
   "conversationId",
   "channel",
   "direction",
   "status",
   "subject",
   "content",
   "trackingId",
   "authorId",
   "createdAt",
   "undoUntil",
   "sentAt",
   "deliveredAt",
   "openedAt",
   "clickedAt",
   "repliedAt",
   "failure"
  ]
 },
 "OutgoingPause": {
  "description": "Nothing leaves the workspace by webhook or as a message, since it was restored from a backup.",
  "type": "object",
  "properties": {
   "since": {
    "description": "When it turned out that it was restored.",
    "type": "string"
   },
   "deliveries": {
    "description": "Deliveries to webhooks that waited in the backup, and wait still.",
    "type": "number"
   },
   "messages": {
    "description": "Messages that waited in the backup, and wait still.",
    "type": "number"
   }
  },
  "required": [
   "since",
   "deliveries",
   "messages"
  ]
 },
 "ReplayRange": {
  "description": "A stretch of the log that is delivered again.",
  "type": "object",
  "properties": {
   "after": {
    "description": "Events with a larger seq than this.",
    "type": "number"
   },
   "before": {
    "description": "And a smaller one than this.",
    "type": "number"
   },
   "status": {
    "description": "`failed`: only what did not arrive (given up or cancelled). Absent: everything the endpoint asks for.",
    "type": "string",
    "enum": [
     "failed"
    ]
   }
  },
  "required": [
   "after"
  ]
 },
 "Role": {
  "description": "GET /api/roles. Built-in roles come first.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "description": {
    "type": "string"
   },
   "builtIn": {
    "description": "Its word when it is built in, and so cannot be changed; null for a custom role.",
    "type": [
     "string",
     "null"
    ],
    "enum": [
     "owner",
     "admin",
     "manager",
     "agent",
     "analyst",
     "auditor",
     null
    ]
   },
   "permissions": {
    "type": "array",
    "items": {
     "type": "string",
     "enum": [
      "workspace:read",
      "workspace:write",
      "members:read",
      "members:write",
      "teams:write",
      "roles:write",
      "policies:read",
      "policies:write",
      "sso:read",
      "sso:write",
      "api_keys:read",
      "api_keys:write",
      "audit:read",
      "audit:write",
      "privacy:write",
      "webhooks:read",
      "webhooks:write",
      "leads:read",
      "leads:write",
      "leads:delete",
      "conversations:read",
      "conversations:write",
      "messages:read",
      "messages:send",
      "drafts:read",
      "drafts:write",
      "tracking:read",
      "analytics:read",
      "events:read",
      "mailbox:use",
      "settings:write"
     ]
    }
   },
   "scopes": {
    "$ref": "#/$defs/RoleScopes"
   },
   "members": {
    "description": "How many have it.",
    "type": "number"
   }
  },
  "required": [
   "id",
   "name",
   "description",
   "builtIn",
   "permissions",
   "scopes",
   "members"
  ]
 },
 "RoleScopes": {
  "description": "What a scope is set for.",
  "type": "object",
  "properties": {
   "leads": {
    "type": "string",
    "enum": [
     "own",
     "team",
     "all"
    ]
   },
   "conversations": {
    "type": "string",
    "enum": [
     "own",
     "team",
     "all"
    ]
   }
  },
  "required": [
   "leads",
   "conversations"
  ]
 },
 "ScimToken": {
  "description": "GET /api/scim/tokens. `token` is in the answer to POST alone.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "prefix": {
    "description": "The visible beginning of the token, to recognise it by.",
    "type": "string"
   },
   "createdBy": {
    "type": "object",
    "properties": {
     "id": {
      "type": "string"
     },
     "name": {
      "type": "string"
     }
    },
    "required": [
     "id",
     "name"
    ]
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "lastUsedAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "name",
   "prefix",
   "createdBy",
   "createdAt",
   "lastUsedAt"
  ]
 },
 "SsoProvider": {
  "description": "GET /api/sso/providers. The client secret is never in an answer.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "preset": {
    "type": "string",
    "enum": [
     "google",
     "microsoft",
     "linkedin",
     "keycloak",
     "custom"
    ]
   },
   "issuer": {
    "description": "Exactly as the provider's discovery document says it.",
    "type": "string"
   },
   "clientId": {
    "type": "string"
   },
   "defaultRoleId": {
    "description": "What a new member becomes.",
    "type": "string"
   },
   "domains": {
    "description": "Mail domains of the people who sign in with it; by them the sign-in page finds it.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "anyDomain": {
    "description": "True: whoever the provider vouches for may join, whatever their mail domain. Only without `domains`.",
    "type": "boolean"
   },
   "groupsClaim": {
    "description": "The claim that lists a person's groups; null: groups give no roles.",
    "type": [
     "string",
     "null"
    ]
   },
   "groupRoles": {
    "description": "The first group of this list that a person is in decides their role at each sign-in; in none: the default role.",
    "type": "array",
    "items": {
     "$ref": "#/$defs/GroupRole"
    }
   },
   "enabled": {
    "type": "boolean"
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "updatedAt": {
    "type": "string",
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "name",
   "preset",
   "issuer",
   "clientId",
   "defaultRoleId",
   "domains",
   "anyDomain",
   "groupsClaim",
   "groupRoles",
   "enabled",
   "createdAt",
   "updatedAt"
  ]
 },
 "SuppressionLifted": {
  "description": "Mail may go to the lead's address again.",
  "type": "object",
  "properties": {
   "leadId": {
    "type": "string"
   },
   "reason": {
    "description": "Why nothing was sent.",
    "type": "string",
    "enum": [
     "erased",
     "bounced",
     "complained"
    ]
   },
   "why": {
    "description": "Why that is over, as somebody wrote it.",
    "type": "string"
   }
  },
  "required": [
   "leadId",
   "reason",
   "why"
  ]
 },
 "Team": {
  "description": "GET /api/teams.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "name": {
    "type": "string"
   },
   "memberIds": {
    "description": "User ids.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "name",
   "memberIds",
   "createdAt"
  ]
 },
 "UserSettings": {
  "description": "GET and PUT /api/user/settings.",
  "type": "object",
  "properties": {
   "autonomousMode": {
    "type": "boolean"
   },
   "notifications": {
    "type": "object",
    "properties": {
     "replies": {
      "type": "boolean"
     },
     "opens": {
      "type": "boolean"
     },
     "clicks": {
      "type": "boolean"
     },
     "assignments": {
      "type": "boolean"
     },
     "desktop": {
      "type": "boolean"
     }
    },
    "required": [
     "replies",
     "opens",
     "clicks",
     "assignments",
     "desktop"
    ]
   },
   "timezone": {
    "description": "IANA name.",
    "type": "string"
   },
   "theme": {
    "type": "string",
    "enum": [
     "system",
     "light",
     "dark"
    ]
   },
   "undoSeconds": {
    "description": "Seconds a sent message can be taken back, 0 to 30.",
    "type": "number"
   },
   "saved": {
    "description": "In answers: false while these are the defaults, because the person has never saved any; their time zone is anybody's guess then. A PUT may repeat it, and always saves.",
    "type": "boolean"
   }
  },
  "required": [
   "autonomousMode",
   "notifications",
   "timezone",
   "theme",
   "undoSeconds"
  ]
 },
 "Webhook": {
  "description": "An endpoint that events are delivered to.",
  "type": "object",
  "properties": {
   "id": {
    "type": "string"
   },
   "kind": {
    "type": "string",
    "enum": [
     "standard",
     "slack",
     "discord"
    ]
   },
   "url": {
    "type": "string"
   },
   "description": {
    "type": [
     "string",
     "null"
    ]
   },
   "eventTypes": {
    "description": "Empty: all that its maker may see.",
    "type": "array",
    "items": {
     "type": "string",
     "enum": [
      "workspace.created",
      "workspace.renamed",
      "workspace.policies_changed",
      "workspace.ownership_transferred",
      "workspace.break_glass_changed",
      "workspace.outgoing_paused",
      "workspace.outgoing_resumed",
      "member.joined",
      "member.role_changed",
      "member.removed",
      "team.created",
      "team.updated",
      "team.deleted",
      "role.created",
      "role.updated",
      "role.deleted",
      "invitation.created",
      "invitation.resent",
      "invitation.revoked",
      "invitation.accepted",
      "user.settings_changed",
      "user.profile_changed",
      "user.password_changed",
      "user.address_confirmed",
      "user.account_merged",
      "user.factor_added",
      "user.factor_removed",
      "user.factor_renamed",
      "user.recovery_code_used",
      "user.identity_linked",
      "user.identity_unlinked",
      "sso_provider.created",
      "sso_provider.updated",
      "sso_provider.deleted",
      "scim_token.created",
      "scim_token.revoked",
      "api_key.created",
      "api_key.revoked",
      "api_key.exposed",
      "audit_view.created",
      "audit_view.updated",
      "audit_view.deleted",
      "provider_connection.created",
      "provider_connection.updated",
      "provider_connection.deleted",
      "provider_connection.denied",
      "provider_connection.heard",
      "audit_export.requested",
      "audit_export.finished",
      "audit_schedule.created",
      "audit_schedule.updated",
      "audit_schedule.deleted",
      "audit_schedule.missed",
      "audit_stream.created",
      "audit_stream.updated",
      "audit_stream.deleted",
      "checkpoint_delivery.updated",
      "audit_retention.changed",
      "legal_hold.placed",
      "legal_hold.released",
      "privacy_request.made",
      "privacy_request.ended",
      "session.started",
      "session.ended",
      "lead.created",
      "lead.updated",
      "lead.status_changed",
      "lead.deleted",
      "lead.restored",
      "lead.suppressed",
      "lead.suppression_lifted",
      "lead.erased",
      "conversation.started",
      "conversation.updated",
      "conversation.status_changed",
      "conversation.assigned",
      "message.queued",
      "message.cancelled",
      "message.sent",
      "message.delivered",
      "message.failed",
      "message.unknown",
      "message.bounced",
      "message.opened",
      "message.clicked",
      "message.engagement_withdrawn",
      "message.received",
      "message.replied",
      "engagement.judged",
      "draft.saved",
      "draft.cleared",
      "webhook.created",
      "webhook.updated",
      "webhook.deleted",
      "webhook.secret_rotated",
      "webhook.disabled",
      "webhook.enabled",
      "webhook.failing",
      "webhook.recovered",
      "webhook.replayed"
     ]
    }
   },
   "filters": {
    "type": "array",
    "items": {
     "$ref": "#/$defs/WebhookFilter"
    }
   },
   "headerNames": {
    "description": "Of the headers that are sent along; their values are not shown again.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "ordered": {
    "description": "One at a time for each conversation, in the log's order: a delivery that fails holds up the later ones.",
    "type": "boolean"
   },
   "asymmetric": {
    "description": "Signed with Ed25519 (`v1a`) too, for receivers who should not be able to sign themselves.",
    "type": "boolean"
   },
   "publicKey": {
    "description": "`whpk_…`, for `v1a` signatures; null when it is not asymmetric.",
    "type": [
     "string",
     "null"
    ]
   },
   "enabled": {
    "type": "boolean"
   },
   "disabledAt": {
    "type": [
     "string",
     "null"
    ],
    "format": "date-time"
   },
   "disabledReason": {
    "type": [
     "string",
     "null"
    ],
    "enum": [
     "switched_off",
     "gone",
     "failing",
     "maker_left",
     null
    ]
   },
   "failingSince": {
    "description": "Since when nothing but failures came back; null after a success.",
    "type": [
     "string",
     "null"
    ]
   },
   "oldSecretsUntil": {
    "description": "Until when each replaced secret signs too.",
    "type": "array",
    "items": {
     "type": "string",
     "format": "date-time"
    }
   },
   "maker": {
    "description": "With whose rights events are delivered: who made it, or last changed its address, types or filters.",
    "type": "object",
    "properties": {
     "id": {
      "type": "string"
     },
     "name": {
      "type": "string"
     }
    },
    "required": [
     "id",
     "name"
    ]
   },
   "createdAt": {
    "type": "string",
    "format": "date-time"
   },
   "updatedAt": {
    "type": "string",
    "format": "date-time"
   }
  },
  "required": [
   "id",
   "kind",
   "url",
   "description",
   "eventTypes",
   "filters",
   "headerNames",
   "ordered",
   "asymmetric",
   "publicKey",
   "enabled",
   "disabledAt",
   "disabledReason",
   "failingSince",
   "oldSecretsUntil",
   "maker",
   "createdAt",
   "updatedAt"
  ]
 },
 "WebhookFilter": {
  "description": "A condition on one field of the envelope; an endpoint gets an event for which all of its conditions hold.",
  "type": "object",
  "properties": {
   "field": {
    "description": "From the envelope down: `data.lead.status`, `actor.type`.",
    "type": "string"
   },
   "operator": {
    "type": "string",
    "enum": [
     "=",
     "!=",
     "in",
     "contains",
     "exists",
     "absent",
     ">",
     ">=",
     "<",
     "<="
    ]
   },
   "value": {
    "description": "A list for `in`.",
    "anyOf": [
     {
      "type": "string"
     },
     {
      "type": "number"
     },
     {
      "type": "array",
      "items": {
       "type": [
        "string",
        "number",
        "boolean",
        "null"
       ]
      }
     },
     {
      "type": "boolean"
     },
     {
      "type": "null"
     }
    ]
   }
  },
  "required": [
   "field",
   "operator"
  ]
 },
 "WorkspacePolicies": {
  "description": "GET and PUT /api/workspace/policies.",
  "type": "object",
  "properties": {
   "secondFactorRequired": {
    "description": "Every member needs a second factor; passwords may then be 8 characters long.",
    "type": "boolean"
   },
   "ssoOnly": {
    "description": "Passwords are not taken; owners marked as break-glass keep theirs.",
    "type": "boolean"
   },
   "sessionIdleDays": {
    "description": "Days after which an unused session ends, 1 to 30.",
    "type": "number"
   },
   "sessionMaxDays": {
    "description": "Days after which any session ends, 1 to 90.",
    "type": "number"
   },
   "allowedEmailDomains": {
    "description": "Mail domains invited people may have; empty for any.",
    "type": "array",
    "items": {
     "type": "string"
    }
   },
   "allowedNetworks": {
    "description": "Networks (CIDR) from which the workspace can be used; empty for any.",
    "type": "array",
    "items": {
     "type": "string"
    }
   }
  },
  "required": [
   "secondFactorRequired",
   "ssoOnly",
   "sessionIdleDays",
   "sessionMaxDays",
   "allowedEmailDomains",
   "allowedNetworks"
  ]
 }
};

export const EVENTS: object = {
 "workspace.created": {
  "description": "A workspace was created.",
  "data": {
   "type": "object",
   "properties": {
    "name": {
     "type": "string"
    }
   },
   "required": [
    "name"
   ]
  }
 },
 "workspace.renamed": {
  "description": "A workspace was renamed.",
  "data": {
   "type": "object",
   "properties": {
    "name": {
     "type": "string"
    }
   },
   "required": [
    "name"
   ]
  }
 },
 "workspace.policies_changed": {
  "description": "The policies of a workspace changed.",
  "data": {
   "type": "object",
   "properties": {
    "policies": {
     "$ref": "#/$defs/WorkspacePolicies"
    },
    "changed": {
     "type": "array",
     "items": {
      "type": "string",
      "enum": [
       "secondFactorRequired",
       "ssoOnly",
       "sessionIdleDays",
       "sessionMaxDays",
       "allowedEmailDomains",
       "allowedNetworks"
      ]
     }
    }
   },
   "required": [
    "policies",
    "changed"
   ]
  }
 },
 "workspace.ownership_transferred": {
  "description": "A workspace passed to another owner.",
  "data": {
   "type": "object",
   "properties": {
    "from": {
     "type": "string"
    },
    "to": {
     "type": "string"
    }
   },
   "required": [
    "from",
    "to"
   ]
  }
 },
 "workspace.break_glass_changed": {
  "description": "The break-glass owners of a workspace changed. The owners whose passwords are taken even while the workspace signs in through its provider only.",
  "data": {
   "type": "object",
   "properties": {
    "userIds": {
     "type": "array",
     "items": {
      "type": "string"
     }
    }
   },
   "required": [
    "userIds"
   ]
  }
 },
 "workspace.outgoing_paused": {
  "description": "Webhooks and messages of a workspace were paused. It was restored from a backup: webhooks and messages wait, so that nothing is sent twice.",
  "data": {
   "$ref": "#/$defs/OutgoingPause"
  }
 },
 "workspace.outgoing_resumed": {
  "description": "Webhooks and messages of a workspace leave again. They leave again.",
  "data": {
   "type": "object",
   "properties": {
    "waiting": {
     "description": "What became of what waited in the backup.",
     "type": "string",
     "enum": [
      "send",
      "cancel"
     ]
    },
    "deliveries": {
     "description": "So many deliveries had waited.",
     "type": "number"
    },
    "messages": {
     "description": "So many messages had waited.",
     "type": "number"
    }
   },
   "required": [
    "waiting",
    "deliveries",
    "messages"
   ]
  }
 },
 "member.joined": {
  "description": "A member joined.",
  "data": {
   "type": "object",
   "properties": {
    "member": {
     "$ref": "#/$defs/Member"
    }
   },
   "required": [
    "member"
   ]
  }
 },
 "member.role_changed": {
  "description": "The role of a member changed. `from` and `to` are names of roles.",
  "data": {
   "type": "object",
   "properties": {
    "member": {
     "$ref": "#/$defs/Member"
    },
    "from": {
     "type": "string"
    },
    "to": {
     "type": "string"
    }
   },
   "required": [
    "member",
    "from",
    "to"
   ]
  }
 },
 "member.removed": {
  "description": "A member was removed.",
  "data": {
   "type": "object",
   "properties": {
    "memberId": {
     "type": "string"
    },
    "userId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    },
    "reassignedTo": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "memberId",
    "userId",
    "name",
    "reassignedTo"
   ]
  }
 },
 "team.created": {
  "description": "A team was created.",
  "data": {
   "type": "object",
   "properties": {
    "team": {
     "$ref": "#/$defs/Team"
    }
   },
   "required": [
    "team"
   ]
  }
 },
 "team.updated": {
  "description": "A team was updated.",
  "data": {
   "type": "object",
   "properties": {
    "team": {
     "$ref": "#/$defs/Team"
    }
   },
   "required": [
    "team"
   ]
  }
 },
 "team.deleted": {
  "description": "A team was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "teamId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "teamId",
    "name"
   ]
  }
 },
 "role.created": {
  "description": "A role was created.",
  "data": {
   "type": "object",
   "properties": {
    "role": {
     "$ref": "#/$defs/Role"
    }
   },
   "required": [
    "role"
   ]
  }
 },
 "role.updated": {
  "description": "A role was updated.",
  "data": {
   "type": "object",
   "properties": {
    "role": {
     "$ref": "#/$defs/Role"
    }
   },
   "required": [
    "role"
   ]
  }
 },
 "role.deleted": {
  "description": "A role was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "roleId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "roleId",
    "name"
   ]
  }
 },
 "invitation.created": {
  "description": "An invitation was created.",
  "data": {
   "type": "object",
   "properties": {
    "invitation": {
     "$ref": "#/$defs/Invitation"
    }
   },
   "required": [
    "invitation"
   ]
  }
 },
 "invitation.resent": {
  "description": "An invitation was resent.",
  "data": {
   "type": "object",
   "properties": {
    "invitation": {
     "$ref": "#/$defs/Invitation"
    }
   },
   "required": [
    "invitation"
   ]
  }
 },
 "invitation.revoked": {
  "description": "An invitation was revoked.",
  "data": {
   "type": "object",
   "properties": {
    "invitation": {
     "$ref": "#/$defs/Invitation"
    }
   },
   "required": [
    "invitation"
   ]
  }
 },
 "invitation.accepted": {
  "description": "An invitation was accepted.",
  "data": {
   "type": "object",
   "properties": {
    "invitation": {
     "$ref": "#/$defs/Invitation"
    },
    "userId": {
     "type": "string"
    }
   },
   "required": [
    "invitation",
    "userId"
   ]
  }
 },
 "user.settings_changed": {
  "description": "The settings of a user changed.",
  "data": {
   "type": "object",
   "properties": {
    "settings": {
     "$ref": "#/$defs/UserSettings"
    }
   },
   "required": [
    "settings"
   ]
  }
 },
 "user.profile_changed": {
  "description": "The profile of a user changed.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    },
    "email": {
     "type": "string"
    }
   },
   "required": [
    "userId",
    "name",
    "email"
   ]
  }
 },
 "user.password_changed": {
  "description": "The password of a user changed.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "by": {
     "type": "string",
     "enum": [
      "user",
      "reset"
     ]
    }
   },
   "required": [
    "userId",
    "by"
   ]
  }
 },
 "user.address_confirmed": {
  "description": "The address of a user was confirmed. The address is theirs: they have followed a link that was mailed there.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "email": {
     "type": "string"
    }
   },
   "required": [
    "userId",
    "email"
   ]
  }
 },
 "user.account_merged": {
  "description": "The account of a user went into another one of theirs. Another account of the same person has taken the place of this one.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "into": {
     "description": "The account that has taken its place.",
     "type": "string"
    }
   },
   "required": [
    "userId",
    "into"
   ]
  }
 },
 "user.factor_added": {
  "description": "A user added a second factor.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "kind": {
     "type": "string",
     "enum": [
      "totp",
      "passkey",
      "recovery_codes"
     ]
    },
    "name": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "userId",
    "kind",
    "name"
   ]
  }
 },
 "user.factor_removed": {
  "description": "A second factor of a user was removed.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "kind": {
     "type": "string",
     "enum": [
      "totp",
      "passkey",
      "recovery_codes"
     ]
    },
    "name": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "userId",
    "kind",
    "name"
   ]
  }
 },
 "user.factor_renamed": {
  "description": "A user renamed a second factor.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "kind": {
     "type": "string",
     "enum": [
      "totp",
      "passkey",
      "recovery_codes"
     ]
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "userId",
    "kind",
    "name"
   ]
  }
 },
 "user.recovery_code_used": {
  "description": "A user used up a recovery code. `left` are still good.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "left": {
     "type": "number"
    }
   },
   "required": [
    "userId",
    "left"
   ]
  }
 },
 "user.identity_linked": {
  "description": "An identity was linked to a user. An identity of a provider now signs this person in.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "providerId": {
     "type": "string"
    }
   },
   "required": [
    "userId",
    "providerId"
   ]
  }
 },
 "user.identity_unlinked": {
  "description": "An identity was unlinked from a user.",
  "data": {
   "type": "object",
   "properties": {
    "userId": {
     "type": "string"
    },
    "providerId": {
     "type": "string"
    }
   },
   "required": [
    "userId",
    "providerId"
   ]
  }
 },
 "sso_provider.created": {
  "description": "A single sign-on provider was created.",
  "data": {
   "type": "object",
   "properties": {
    "provider": {
     "$ref": "#/$defs/SsoProvider"
    }
   },
   "required": [
    "provider"
   ]
  }
 },
 "sso_provider.updated": {
  "description": "A single sign-on provider was updated.",
  "data": {
   "type": "object",
   "properties": {
    "provider": {
     "$ref": "#/$defs/SsoProvider"
    }
   },
   "required": [
    "provider"
   ]
  }
 },
 "sso_provider.deleted": {
  "description": "A single sign-on provider was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "providerId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "providerId",
    "name"
   ]
  }
 },
 "scim_token.created": {
  "description": "A SCIM token was created.",
  "data": {
   "type": "object",
   "properties": {
    "scimToken": {
     "$ref": "#/$defs/ScimToken"
    }
   },
   "required": [
    "scimToken"
   ]
  }
 },
 "scim_token.revoked": {
  "description": "A SCIM token was revoked.",
  "data": {
   "type": "object",
   "properties": {
    "tokenId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "tokenId",
    "name"
   ]
  }
 },
 "api_key.created": {
  "description": "An API key was created.",
  "data": {
   "type": "object",
   "properties": {
    "apiKey": {
     "$ref": "#/$defs/ApiKey"
    }
   },
   "required": [
    "apiKey"
   ]
  }
 },
 "api_key.revoked": {
  "description": "An API key was revoked.",
  "data": {
   "type": "object",
   "properties": {
    "apiKeyId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "apiKeyId",
    "name"
   ]
  }
 },
 "api_key.exposed": {
  "description": "An API key was exposed. It was sent where it can be read by others, such as in an address.",
  "data": {
   "type": "object",
   "properties": {
    "apiKeyId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "apiKeyId",
    "name"
   ]
  }
 },
 "audit_view.created": {
  "description": "An audit view was created.",
  "data": {
   "type": "object",
   "properties": {
    "view": {
     "$ref": "#/$defs/AuditViewTold"
    }
   },
   "required": [
    "view"
   ]
  }
 },
 "audit_view.updated": {
  "description": "An audit view was updated.",
  "data": {
   "type": "object",
   "properties": {
    "view": {
     "$ref": "#/$defs/AuditViewTold"
    }
   },
   "required": [
    "view"
   ]
  }
 },
 "audit_view.deleted": {
  "description": "An audit view was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "viewId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "viewId",
    "name"
   ]
  }
 },
 "provider_connection.created": {
  "description": "A provider connection was created.",
  "data": {
   "type": "object",
   "properties": {
    "connectionId": {
     "type": "string"
    },
    "provider": {
     "type": "string",
     "enum": [
      "twilio",
      "sendgrid",
      "mailgun",
      "ses",
      "meta"
     ]
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "connectionId",
    "provider",
    "name"
   ]
  }
 },
 "provider_connection.updated": {
  "description": "A provider connection was updated. `changed` names what; of a secret only that there is a new one.",
  "data": {
   "type": "object",
   "properties": {
    "connectionId": {
     "type": "string"
    },
    "provider": {
     "type": "string",
     "enum": [
      "twilio",
      "sendgrid",
      "mailgun",
      "ses",
      "meta"
     ]
    },
    "name": {
     "type": "string"
    },
    "changed": {
     "type": "array",
     "items": {
      "type": "string"
     }
    }
   },
   "required": [
    "connectionId",
    "provider",
    "name",
    "changed"
   ]
  }
 },
 "provider_connection.deleted": {
  "description": "A provider connection was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "connectionId": {
     "type": "string"
    },
    "provider": {
     "type": "string",
     "enum": [
      "twilio",
      "sendgrid",
      "mailgun",
      "ses",
      "meta"
     ]
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "connectionId",
    "provider",
    "name"
   ]
  }
 },
 "provider_connection.denied": {
  "description": "A call that claimed to be of a provider was refused. A call was turned away, as its signature is not the provider's; told once in a while, however many there are.",
  "data": {
   "type": "object",
   "properties": {
    "connectionId": {
     "type": "string"
    }
   },
   "required": [
    "connectionId"
   ]
  }
 },
 "provider_connection.heard": {
  "description": "A provider told of events.",
  "data": {
   "type": "object",
   "properties": {
    "connectionId": {
     "type": "string"
    },
    "states": {
     "type": "object",
     "properties": {
      "pending": {
       "type": "number"
      },
      "applied": {
       "type": "number"
      },
      "noted": {
       "type": "number"
      },
      "outdated": {
       "type": "number"
      },
      "unmatched": {
       "type": "number"
      },
      "unreadable": {
       "type": "number"
      },
      "failed": {
       "type": "number"
      }
     },
     "required": []
    }
   },
   "required": [
    "connectionId",
    "states"
   ]
  }
 },
 "audit_export.requested": {
  "description": "An audit export was requested. `filters` without what may name a person: those are told by their names alone.",
  "data": {
   "type": "object",
   "properties": {
    "exportId": {
     "type": "string"
    },
    "format": {
     "type": "string",
     "enum": [
      "csv",
      "jsonl"
     ]
    },
    "filters": {
     "$ref": "#/$defs/AuditExportFilters"
    },
    "scheduleId": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "exportId",
    "format",
    "filters",
    "scheduleId"
   ]
  }
 },
 "audit_export.finished": {
  "description": "An audit export finished.",
  "data": {
   "type": "object",
   "properties": {
    "exportId": {
     "type": "string"
    },
    "state": {
     "type": "string",
     "enum": [
      "failed",
      "done",
      "cancelled"
     ]
    },
    "entries": {
     "type": "number"
    },
    "bytes": {
     "type": "number"
    },
    "failure": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "exportId",
    "state",
    "entries",
    "bytes",
    "failure"
   ]
  }
 },
 "audit_schedule.created": {
  "description": "An audit schedule was created.",
  "data": {
   "type": "object",
   "properties": {
    "schedule": {
     "type": "object",
     "properties": {
      "id": {
       "type": "string"
      },
      "name": {
       "type": "string"
      },
      "format": {
       "type": "string",
       "enum": [
        "csv",
        "jsonl"
       ]
      },
      "filters": {
       "$ref": "#/$defs/AuditExportFilters"
      },
      "covers": {
       "description": "`new`: what came since the slot before; `all`: the whole log each time.",
       "type": "string",
       "enum": [
        "all",
        "new"
       ]
      },
      "recipientIds": {
       "description": "Who is mailed a link when the file is there.",
       "type": "array",
       "items": {
        "type": "string"
       }
      },
      "state": {
       "type": "string",
       "enum": [
        "active",
        "paused"
       ]
      },
      "pausedBecause": {
       "description": "Why it was paused, in words; null when a person did it.",
       "type": [
        "string",
        "null"
       ]
      },
      "frequency": {
       "type": "string",
       "enum": [
        "daily",
        "weekly",
        "monthly"
       ]
      },
      "weekday": {
       "description": "1 Monday to 7 Sunday; for `weekly`.",
       "type": "number"
      },
      "monthday": {
       "description": "1 to 31, the last day of shorter months; for `monthly`.",
       "type": "number"
      },
      "hour": {
       "type": "number"
      },
      "minute": {
       "type": "number"
      },
      "timeZone": {
       "description": "IANA, such as `Europe/Berlin`.",
       "type": "string"
      }
     },
     "required": [
      "id",
      "name",
      "format",
      "filters",
      "covers",
      "recipientIds",
      "state",
      "pausedBecause",
      "frequency",
      "weekday",
      "monthday",
      "hour",
      "minute",
      "timeZone"
     ]
    }
   },
   "required": [
    "schedule"
   ]
  }
 },
 "audit_schedule.updated": {
  "description": "An audit schedule was updated.",
  "data": {
   "type": "object",
   "properties": {
    "schedule": {
     "type": "object",
     "properties": {
      "id": {
       "type": "string"
      },
      "name": {
       "type": "string"
      },
      "format": {
       "type": "string",
       "enum": [
        "csv",
        "jsonl"
       ]
      },
      "filters": {
       "$ref": "#/$defs/AuditExportFilters"
      },
      "covers": {
       "description": "`new`: what came since the slot before; `all`: the whole log each time.",
       "type": "string",
       "enum": [
        "all",
        "new"
       ]
      },
      "recipientIds": {
       "description": "Who is mailed a link when the file is there.",
       "type": "array",
       "items": {
        "type": "string"
       }
      },
      "state": {
       "type": "string",
       "enum": [
        "active",
        "paused"
       ]
      },
      "pausedBecause": {
       "description": "Why it was paused, in words; null when a person did it.",
       "type": [
        "string",
        "null"
       ]
      },
      "frequency": {
       "type": "string",
       "enum": [
        "daily",
        "weekly",
        "monthly"
       ]
      },
      "weekday": {
       "description": "1 Monday to 7 Sunday; for `weekly`.",
       "type": "number"
      },
      "monthday": {
       "description": "1 to 31, the last day of shorter months; for `monthly`.",
       "type": "number"
      },
      "hour": {
       "type": "number"
      },
      "minute": {
       "type": "number"
      },
      "timeZone": {
       "description": "IANA, such as `Europe/Berlin`.",
       "type": "string"
      }
     },
     "required": [
      "id",
      "name",
      "format",
      "filters",
      "covers",
      "recipientIds",
      "state",
      "pausedBecause",
      "frequency",
      "weekday",
      "monthday",
      "hour",
      "minute",
      "timeZone"
     ]
    }
   },
   "required": [
    "schedule"
   ]
  }
 },
 "audit_schedule.deleted": {
  "description": "An audit schedule was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "scheduleId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "scheduleId",
    "name"
   ]
  }
 },
 "audit_schedule.missed": {
  "description": "A scheduled audit export was missed. A slot that was more than a day ago when somebody was there to make it; in local time.",
  "data": {
   "type": "object",
   "properties": {
    "scheduleId": {
     "type": "string"
    },
    "slot": {
     "type": "string"
    }
   },
   "required": [
    "scheduleId",
    "slot"
   ]
  }
 },
 "audit_stream.created": {
  "description": "An audit stream was created.",
  "data": {
   "type": "object",
   "properties": {
    "stream": {
     "type": "object",
     "properties": {
      "id": {
       "type": "string"
      },
      "name": {
       "type": "string"
      },
      "state": {
       "description": "`disabled`: nothing could be delivered for five days, or the receiver said that it is gone.",
       "type": "string",
       "enum": [
        "active",
        "paused",
        "disabled"
       ]
      },
      "kind": {
       "type": "string",
       "enum": [
        "webhook",
        "syslog"
       ]
      },
      "url": {
       "description": "Of a webhook; null for syslog.",
       "type": [
        "string",
        "null"
       ]
      },
      "host": {
       "description": "Of syslog; null for a webhook.",
       "type": [
        "string",
        "null"
       ]
      },
      "port": {
       "type": [
        "number",
        "null"
       ]
      },
      "tls": {
       "description": "Of syslog: over TLS (RFC 5425), or plain TCP, which only networks that the operator opened can be reached by.",
       "type": "boolean"
      },
      "entries": {
       "type": "boolean"
      },
      "checkpoints": {
       "type": "boolean"
      }
     },
     "required": [
      "id",
      "name",
      "state",
      "kind",
      "url",
      "host",
      "port",
      "tls",
      "entries",
      "checkpoints"
     ]
    }
   },
   "required": [
    "stream"
   ]
  }
 },
 "audit_stream.updated": {
  "description": "An audit stream was updated.",
  "data": {
   "type": "object",
   "properties": {
    "stream": {
     "type": "object",
     "properties": {
      "id": {
       "type": "string"
      },
      "name": {
       "type": "string"
      },
      "state": {
       "description": "`disabled`: nothing could be delivered for five days, or the receiver said that it is gone.",
       "type": "string",
       "enum": [
        "active",
        "paused",
        "disabled"
       ]
      },
      "kind": {
       "type": "string",
       "enum": [
        "webhook",
        "syslog"
       ]
      },
      "url": {
       "description": "Of a webhook; null for syslog.",
       "type": [
        "string",
        "null"
       ]
      },
      "host": {
       "description": "Of syslog; null for a webhook.",
       "type": [
        "string",
        "null"
       ]
      },
      "port": {
       "type": [
        "number",
        "null"
       ]
      },
      "tls": {
       "description": "Of syslog: over TLS (RFC 5425), or plain TCP, which only networks that the operator opened can be reached by.",
       "type": "boolean"
      },
      "entries": {
       "type": "boolean"
      },
      "checkpoints": {
       "type": "boolean"
      }
     },
     "required": [
      "id",
      "name",
      "state",
      "kind",
      "url",
      "host",
      "port",
      "tls",
      "entries",
      "checkpoints"
     ]
    }
   },
   "required": [
    "stream"
   ]
  }
 },
 "audit_stream.deleted": {
  "description": "An audit stream was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "streamId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "streamId",
    "name"
   ]
  }
 },
 "checkpoint_delivery.updated": {
  "description": "The delivery of checkpoints was set up anew.",
  "data": {
   "type": "object",
   "properties": {
    "delivery": {
     "type": "object",
     "properties": {
      "recipientIds": {
       "type": "array",
       "items": {
        "type": "string"
       }
      },
      "every": {
       "type": "string",
       "enum": [
        "hour",
        "day"
       ]
      }
     },
     "required": [
      "recipientIds",
      "every"
     ]
    }
   },
   "required": [
    "delivery"
   ]
  }
 },
 "audit_retention.changed": {
  "description": "The retention of the audit log changed. `months`: null keeps the audit log for ever.",
  "data": {
   "type": "object",
   "properties": {
    "months": {
     "type": [
      "number",
      "null"
     ]
    }
   },
   "required": [
    "months"
   ]
  }
 },
 "legal_hold.placed": {
  "description": "A legal hold was placed.",
  "data": {
   "type": "object",
   "properties": {
    "hold": {
     "$ref": "#/$defs/LegalHold"
    }
   },
   "required": [
    "hold"
   ]
  }
 },
 "legal_hold.released": {
  "description": "A legal hold was released.",
  "data": {
   "type": "object",
   "properties": {
    "hold": {
     "$ref": "#/$defs/LegalHold"
    }
   },
   "required": [
    "hold"
   ]
  }
 },
 "privacy_request.made": {
  "description": "A privacy request was made.",
  "data": {
   "type": "object",
   "properties": {
    "requestId": {
     "type": "string"
    },
    "kind": {
     "type": "string",
     "enum": [
      "erase",
      "export"
     ]
    },
    "leadId": {
     "type": "string"
    }
   },
   "required": [
    "requestId",
    "kind",
    "leadId"
   ]
  }
 },
 "privacy_request.ended": {
  "description": "A privacy request ended.",
  "data": {
   "type": "object",
   "properties": {
    "requestId": {
     "type": "string"
    },
    "kind": {
     "type": "string",
     "enum": [
      "erase",
      "export"
     ]
    },
    "leadId": {
     "type": "string"
    },
    "outcome": {
     "type": "string",
     "enum": [
      "failed",
      "done"
     ]
    }
   },
   "required": [
    "requestId",
    "kind",
    "leadId",
    "outcome"
   ]
  }
 },
 "session.started": {
  "description": "A session started.",
  "data": {
   "type": "object",
   "properties": {
    "sessionId": {
     "type": "string"
    },
    "userId": {
     "type": "string"
    }
   },
   "required": [
    "sessionId",
    "userId"
   ]
  }
 },
 "session.ended": {
  "description": "A session ended.",
  "data": {
   "type": "object",
   "properties": {
    "sessionId": {
     "type": "string"
    },
    "userId": {
     "type": "string"
    },
    "reason": {
     "type": "string",
     "enum": [
      "expired",
      "revoked",
      "logout",
      "reused",
      "password_changed",
      "factor_changed",
      "member_removed",
      "switched"
     ]
    }
   },
   "required": [
    "sessionId",
    "userId",
    "reason"
   ]
  }
 },
 "lead.created": {
  "description": "A lead was created.",
  "data": {
   "type": "object",
   "properties": {
    "lead": {
     "$ref": "#/$defs/Lead"
    }
   },
   "required": [
    "lead"
   ]
  }
 },
 "lead.updated": {
  "description": "A lead was updated.",
  "data": {
   "type": "object",
   "properties": {
    "lead": {
     "$ref": "#/$defs/Lead"
    },
    "changed": {
     "type": "array",
     "items": {
      "type": "string",
      "enum": [
       "createdAt",
       "id",
       "name",
       "email",
       "phone",
       "company",
       "title",
       "status",
       "tags",
       "customFields",
       "ownerId",
       "updatedAt",
       "lastActivityAt"
      ]
     }
    }
   },
   "required": [
    "lead",
    "changed"
   ]
  }
 },
 "lead.status_changed": {
  "description": "The status of a lead changed.",
  "data": {
   "type": "object",
   "properties": {
    "lead": {
     "$ref": "#/$defs/Lead"
    },
    "from": {
     "type": "string",
     "enum": [
      "new",
      "contacted",
      "qualified",
      "converted",
      "lost"
     ]
    },
    "to": {
     "type": "string",
     "enum": [
      "new",
      "contacted",
      "qualified",
      "converted",
      "lost"
     ]
    }
   },
   "required": [
    "lead",
    "from",
    "to"
   ]
  }
 },
 "lead.deleted": {
  "description": "A lead was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "leadId": {
     "type": "string"
    },
    "name": {
     "type": "string"
    }
   },
   "required": [
    "leadId",
    "name"
   ]
  }
 },
 "lead.restored": {
  "description": "A lead was restored.",
  "data": {
   "type": "object",
   "properties": {
    "lead": {
     "$ref": "#/$defs/Lead"
    }
   },
   "required": [
    "lead"
   ]
  }
 },
 "lead.suppressed": {
  "description": "A lead is not written to any more. Nothing is sent to its address any more.",
  "data": {
   "$ref": "#/$defs/LeadSuppressed"
  }
 },
 "lead.suppression_lifted": {
  "description": "A lead may be written to again.",
  "data": {
   "$ref": "#/$defs/SuppressionLifted"
  }
 },
 "lead.erased": {
  "description": "A lead was erased. Everything that told who it was is gone; what the log said of it before says `erased`.",
  "data": {
   "type": "object",
   "properties": {
    "leadId": {
     "type": "string"
    },
    "requestId": {
     "type": "string"
    }
   },
   "required": [
    "leadId",
    "requestId"
   ]
  }
 },
 "conversation.started": {
  "description": "A conversation started.",
  "data": {
   "type": "object",
   "properties": {
    "conversation": {
     "$ref": "#/$defs/Conversation"
    }
   },
   "required": [
    "conversation"
   ]
  }
 },
 "conversation.updated": {
  "description": "A conversation was updated.",
  "data": {
   "type": "object",
   "properties": {
    "conversation": {
     "$ref": "#/$defs/Conversation"
    },
    "changed": {
     "type": "array",
     "items": {
      "type": "string",
      "enum": [
       "createdAt",
       "id",
       "status",
       "tags",
       "updatedAt",
       "leadId",
       "leadName",
       "channel",
       "subject",
       "priority",
       "assigneeId",
       "teamId",
       "snoozedUntil",
       "lastMessageId",
       "lastMessagePreview",
       "lastMessageDirection",
       "lastMessageAt",
       "unreadCount"
      ]
     }
    }
   },
   "required": [
    "conversation",
    "changed"
   ]
  }
 },
 "conversation.status_changed": {
  "description": "The status of a conversation changed.",
  "data": {
   "type": "object",
   "properties": {
    "conversation": {
     "$ref": "#/$defs/Conversation"
    },
    "from": {
     "type": "string",
     "enum": [
      "pending",
      "open",
      "snoozed",
      "resolved"
     ]
    },
    "to": {
     "type": "string",
     "enum": [
      "pending",
      "open",
      "snoozed",
      "resolved"
     ]
    }
   },
   "required": [
    "conversation",
    "from",
    "to"
   ]
  }
 },
 "conversation.assigned": {
  "description": "A conversation was assigned.",
  "data": {
   "type": "object",
   "properties": {
    "conversation": {
     "$ref": "#/$defs/Conversation"
    },
    "from": {
     "type": [
      "string",
      "null"
     ]
    },
    "to": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "conversation",
    "from",
    "to"
   ]
  }
 },
 "message.queued": {
  "description": "A message was queued. Accepted for sending, or to be tried again (`message.failure` says why); not yet with the mail server.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "conversation": {
     "$ref": "#/$defs/Conversation"
    }
   },
   "required": [
    "message",
    "conversation"
   ]
  }
 },
 "message.cancelled": {
  "description": "A message was cancelled.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "conversation": {
     "$ref": "#/$defs/Conversation"
    },
    "lastActivityAt": {
     "description": "The lead's, as it is without the message.",
     "type": [
      "string",
      "null"
     ],
     "format": "date-time"
    }
   },
   "required": [
    "message",
    "conversation",
    "lastActivityAt"
   ]
  }
 },
 "message.sent": {
  "description": "A message was sent.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    }
   },
   "required": [
    "message"
   ]
  }
 },
 "message.delivered": {
  "description": "A message was delivered.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    }
   },
   "required": [
    "message"
   ]
  }
 },
 "message.failed": {
  "description": "A message could not be sent.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    }
   },
   "required": [
    "message"
   ]
  }
 },
 "message.unknown": {
  "description": "It is unknown whether a message was sent. The hand-over was cut; it is not known whether a copy left.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    }
   },
   "required": [
    "message"
   ]
  }
 },
 "message.bounced": {
  "description": "A message bounced.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    }
   },
   "required": [
    "message"
   ]
  }
 },
 "message.opened": {
  "description": "A message was opened. First open judged human.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "hitId": {
     "type": "string"
    }
   },
   "required": [
    "message",
    "hitId"
   ]
  }
 },
 "message.clicked": {
  "description": "A message was clicked. First click judged human.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "hitId": {
     "type": "string"
    },
    "link": {
     "type": "string"
    }
   },
   "required": [
    "message",
    "hitId",
    "link"
   ]
  }
 },
 "message.engagement_withdrawn": {
  "description": "The open or click of a message was taken back. Hits counted as human turned out to be a machine's: `openedAt` or `clickedAt` is taken back.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "kind": {
     "type": "string",
     "enum": [
      "open",
      "click"
     ]
    },
    "hitId": {
     "type": "string"
    }
   },
   "required": [
    "message",
    "kind",
    "hitId"
   ]
  }
 },
 "message.received": {
  "description": "A message was received. An inbound message came in that answers one of ours or starts a conversation.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "conversation": {
     "$ref": "#/$defs/Conversation"
    }
   },
   "required": [
    "message",
    "conversation"
   ]
  }
 },
 "message.replied": {
  "description": "A message was answered. One of ours, by the message `replyId`.",
  "data": {
   "type": "object",
   "properties": {
    "message": {
     "$ref": "#/$defs/Message"
    },
    "replyId": {
     "type": "string"
    }
   },
   "required": [
    "message",
    "replyId"
   ]
  }
 },
 "engagement.judged": {
  "description": "Opens and clicks were judged. Hits were judged, in whatever sense: what the counts by verdict are made of.",
  "data": {
   "type": "object",
   "properties": {
    "messageId": {
     "type": "string"
    },
    "leadId": {
     "type": "string"
    },
    "hits": {
     "type": "array",
     "items": {
      "type": "object",
      "properties": {
       "id": {
        "type": "string"
       },
       "kind": {
        "type": "string",
        "enum": [
         "open",
         "click"
        ]
       },
       "verdict": {
        "type": "string",
        "enum": [
         "unknown",
         "human",
         "machine"
        ]
       },
       "rule": {
        "type": "string"
       },
       "at": {
        "type": "string",
        "format": "date-time"
       },
       "previous": {
        "type": [
         "string",
         "null"
        ],
        "enum": [
         "unknown",
         "human",
         "machine",
         null
        ]
       }
      },
      "required": [
       "id",
       "kind",
       "verdict",
       "rule",
       "at",
       "previous"
      ]
     }
    }
   },
   "required": [
    "messageId",
    "leadId",
    "hits"
   ]
  }
 },
 "draft.saved": {
  "description": "A draft was saved. The text is not in the log: a draft is unsent and private to the workspace's screens; fetch it at `revision`.",
  "data": {
   "type": "object",
   "properties": {
    "leadId": {
     "type": "string"
    },
    "channel": {
     "const": "email"
    },
    "revision": {
     "type": "number"
    },
    "clientId": {
     "type": [
      "string",
      "null"
     ]
    }
   },
   "required": [
    "leadId",
    "channel",
    "revision",
    "clientId"
   ]
  }
 },
 "draft.cleared": {
  "description": "A draft was cleared.",
  "data": {
   "type": "object",
   "properties": {
    "leadId": {
     "type": "string"
    },
    "channel": {
     "const": "email"
    },
    "revision": {
     "type": "number"
    },
    "reason": {
     "type": "string",
     "enum": [
      "sent",
      "discarded"
     ]
    }
   },
   "required": [
    "leadId",
    "channel",
    "revision",
    "reason"
   ]
  }
 },
 "webhook.created": {
  "description": "A webhook was created.",
  "data": {
   "type": "object",
   "properties": {
    "webhook": {
     "$ref": "#/$defs/Webhook"
    }
   },
   "required": [
    "webhook"
   ]
  }
 },
 "webhook.updated": {
  "description": "A webhook was updated.",
  "data": {
   "type": "object",
   "properties": {
    "webhook": {
     "$ref": "#/$defs/Webhook"
    },
    "changed": {
     "type": "array",
     "items": {
      "type": "string",
      "enum": [
       "filters",
       "kind",
       "url",
       "description",
       "eventTypes",
       "headers",
       "ordered",
       "asymmetric",
       "maker"
      ]
     }
    }
   },
   "required": [
    "webhook",
    "changed"
   ]
  }
 },
 "webhook.deleted": {
  "description": "A webhook was deleted.",
  "data": {
   "type": "object",
   "properties": {
    "webhookId": {
     "type": "string"
    },
    "url": {
     "type": "string"
    }
   },
   "required": [
    "webhookId",
    "url"
   ]
  }
 },
 "webhook.secret_rotated": {
  "description": "The secret of a webhook was rotated. Until `oldUntil` the secret before it signs too.",
  "data": {
   "type": "object",
   "properties": {
    "webhookId": {
     "type": "string"
    },
    "url": {
     "type": "string"
    },
    "oldUntil": {
     "type": "string",
     "format": "date-time"
    }
   },
   "required": [
    "webhookId",
    "url",
    "oldUntil"
   ]
  }
 },
 "webhook.disabled": {
  "description": "A webhook was disabled.",
  "data": {
   "type": "object",
   "properties": {
    "webhook": {
     "$ref": "#/$defs/Webhook"
    },
    "reason": {
     "type": "string",
     "enum": [
      "switched_off",
      "gone",
      "failing",
      "maker_left"
     ]
    }
   },
   "required": [
    "webhook",
    "reason"
   ]
  }
 },
 "webhook.enabled": {
  "description": "A webhook was enabled.",
  "data": {
   "type": "object",
   "properties": {
    "webhook": {
     "$ref": "#/$defs/Webhook"
    }
   },
   "required": [
    "webhook"
   ]
  }
 },
 "webhook.failing": {
  "description": "A webhook is failing. A delivery failed for the fourth time.",
  "data": {
   "type": "object",
   "properties": {
    "webhookId": {
     "type": "string"
    },
    "url": {
     "type": "string"
    },
    "deliveryId": {
     "type": "string"
    },
    "error": {
     "type": "string"
    }
   },
   "required": [
    "webhookId",
    "url",
    "deliveryId",
    "error"
   ]
  }
 },
 "webhook.recovered": {
  "description": "A webhook recovered. It had been failing, and takes deliveries again.",
  "data": {
   "type": "object",
   "properties": {
    "webhookId": {
     "type": "string"
    },
    "url": {
     "type": "string"
    }
   },
   "required": [
    "webhookId",
    "url"
   ]
  }
 },
 "webhook.replayed": {
  "description": "Events were replayed to a webhook.",
  "data": {
   "type": "object",
   "properties": {
    "webhookId": {
     "type": "string"
    },
    "url": {
     "type": "string"
    },
    "range": {
     "$ref": "#/$defs/ReplayRange"
    },
    "deliveries": {
     "type": "number"
    }
   },
   "required": [
    "webhookId",
    "url",
    "range",
    "deliveries"
   ]
  }
 }
};
