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
     "queued",
     "sending",
     "sent",
     "delivered",
     "failed",
     "unknown",
     "cancelled",
     "bounced",
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
  "description": "The ownership of a workspace was transferred.",
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
  "description": "The break glass of a workspace changed. The owners whose passwords are taken even while the workspace signs in through its provider only.",
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
 "user.factor_added": {
  "description": "The factor of a user was added.",
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
  "description": "The factor of a user was removed.",
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
  "description": "The factor of a user was renamed.",
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
  "description": "The recovery code of a user was used. A recovery code was spent; `left` are still good.",
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
  "description": "The identity of a user was linked. An identity of a provider now signs this person in.",
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
  "description": "The identity of a user was unlinked.",
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
       "id",
       "status",
       "tags",
       "createdAt",
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
    }
   },
   "required": [
    "message",
    "conversation"
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
  "description": "A message failed.",
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
  "description": "A message was unknown. The hand-over was cut; it is not known whether a copy left.",
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
  "description": "The engagement of a message was withdrawn. Hits counted as human turned out to be a machine's: `openedAt` or `clickedAt` is taken back.",
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
  "description": "A message was replied. One of our messages was answered.",
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
  "description": "Engagement was judged. Hits were judged, in whatever sense: what the counts by verdict are made of.",
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
 }
};
