/**
 * Every bound that both ends must agree on, in one place. Lengths of text are counted in Unicode code points; sizes in
 * bytes; durations in milliseconds.
 */
export const limits = {
  protocolVersion: 1,

  /** The largest text frame either side accepts; a larger one closes the socket with 1009 before it is buffered. */
  frameBytes: 64 * 1024,
  /** What may wait in a socket's send buffer before the reader counts as too slow and must resume. */
  socketBufferBytes: 1024 * 1024,
  /** Deepest nesting of a frame: hello > variables > list > entry is 4; twice that is room enough. */
  frameDepth: 8,

  helloTimeoutMs: 10_000,
  pingIntervalMs: 25_000,
  /** A socket that answered no ping for this long is dead: two missed pings and a bit. */
  deadAfterMs: 60_000,
  /** A client that heard nothing for `quietMs` asks with a `ping`, and waits `pongMs` for anything before it reconnects. */
  quietMs: 25_000,
  pongMs: 10_000,
  /** Reconnecting waits a random time (full jitter) below a bound that doubles from the first to the second. */
  reconnectFirstMs: 500,
  reconnectMaxMs: 30_000,

  messageLength: 4000,
  nameLength: 120,
  /** RFC 5321, 4.5.3.1.3: a path of 256 octets including its angle brackets. */
  emailLength: 254,
  urlLength: 2048,
  titleLength: 200,
  reasonLength: 60,

  offerTitleLength: 200,
  optionLabelLength: 120,
  optionDescriptionLength: 300,
  optionsLeast: 2,
  optionsMost: 20,
  /** Of one conversation, answered and withdrawn ones included. */
  offersPerConversation: 100,
  noteLength: 1000,
  categoryLength: 60,
  categories: 50,
  /** Scores go from 1 to this. */
  scoreMost: 5,
  ratingCommentLength: 1000,
  surveyQuestionLength: 200,
  ratingCommentsPage: 20,
  /** Of one question; a leap year is one. */
  statisticsDays: 366,
  /** After the end of a conversation: its visitor may come back tomorrow, and hardly remembers it next week. */
  ratingMs: 3 * 24 * 3_600_000,
  /** Who may be in one conversation, beside the visitor. */
  agentsPerConversation: 10,

  filesPerMessage: 5,
  fileBytes: 20 * 1024 * 1024,
  fileNameLength: 120,
  /** Width × height × frames: what a picture may come to when it is unpacked. */
  imagePixels: 50_000_000,
  thumbnailPixels: 480,
  /** An upload that sends nothing for this long is given up. */
  uploadStallMs: 30_000,
  /** An upload that no message carries is deleted after this. */
  unsentFileMs: 3_600_000,
  /** What one visitor may upload in 24 hours, and one organization may hold. */
  filesPerVisitorDay: 100,
  fileBytesPerVisitorDay: 500 * 1024 * 1024,
  /** How long a widget's ticket to the files of its conversation is good. */
  fileTicketMs: 600_000,

  presets: 1000,
  presetTitleLength: 80,
  presetFolderLength: 80,
  savedOffers: 500,
  wrapUpMaxMs: 30 * 60_000,
  presentMaxMs: 10 * 60_000,
  queueTextLength: 500,
  /** Of one week, and days of the years to come. */
  openingTimes: 50,
  holidays: 200,
  queueRules: 100,
  maskingTemplates: 20,
  maskingTemplateLength: 40,
  /** Ten years, the longest that bookkeeping asks for anywhere that we know of. */
  retentionDaysMax: 3660,

  variables: 50,
  variableNameLength: 64,
  variableValueLength: 1024,

  subjectLength: 1024,
  exportLinkMs: 24 * 3_600_000,
  erasuresShown: 50,

  tokenBytes: 8 * 1024,
  /** What a frame may carry as a token: a longer one than is taken is refused as a token, and the chat goes on. */
  tokenFrameBytes: 32 * 1024,
  proofBytes: 16 * 1024,
  tokenLeewayMs: 60_000,
  tokenLifetimeMs: 3_600_000,
  tokenLifetimeMaxMs: 24 * 3_600_000,
  keysPerSite: 10,
  secretBytes: 32,

  /** Commands one session or agent may send: a burst, and how many come back per second. */
  commandBurst: 40,
  commandsPerSecond: 10,
  /** Refused commands in a row for being too many, after which the socket is closed. */
  floodStrikes: 100,
  /** From one address, to the sites of one organization. */
  hellosPerMinute: 600,
  socketsPerAddress: 400,
  /** How many organizations' worth of the two above one address may use at a time. */
  organizationsPerAddress: 4,
  /** Failed sign-ins for one account, or from one address, before each further try has to wait, longer every time. */
  freeSignInFailures: 5,
  freeSignInFailuresPerAddress: 30,
  signInDelayMaxMs: 60_000,
  passwordLeast: 10,
  staffLinkMs: 7 * 24 * 3_600_000,
  recoveryCodes: 10,
  profiles: 200,
  queues: 200,
  sites: 100,
  people: 2000,
  staffSessionMs: 7 * 24 * 3_600_000,
  requestBytes: 64 * 1024,
  requestsPerMinute: 600,
  /** What a browser reports of a page's policy; a sample in it is forty characters. */
  policyReportBytes: 16 * 1024,

  /** Asked for in one conversation, and what leaves for one visitor, and for one address whoever asks, in 24 hours. */
  transcriptsPerConversation: 3,
  mailsPerSessionDay: 10,
  mailsPerRecipientDay: 10,
  /** How long the link is good with which an address is confirmed. */
  confirmationMs: 7 * 24 * 3_600_000,
  mailTimeoutMs: 20_000,
  /** A mail that could not be delivered for this long is given up. */
  mailGiveUpMs: 24 * 3_600_000,
  /** How long a mail can be looked at in the console, and lies in the data folder where it was written there. */
  mailKeptMs: 30 * 24 * 3_600_000,
  mailPage: 50,

  webhooks: 20,
  /** From the look-up of the name to the head of the answer. */
  deliveryTimeoutMs: 10_000,
  /** A delivery that found nobody for this long switches its webhook off. */
  deliveryGiveUpMs: 24 * 3_600_000,
  /** How long the secret before the last is good, unless it is retired earlier. */
  webhookSecretOverlapMs: 24 * 3_600_000,
  /** How old a delivery may be, by its receiver's clock, before it should be taken for a replay. */
  deliveryToleranceMs: 5 * 60_000,
  /** What was delivered can be looked at this long, and what was not, this long after it was given up. */
  deliveryKeptMs: 7 * 24 * 3_600_000,
  deliveriesPage: 50,

  /** Of one organization, revoked ones not counted. */
  apiKeys: 50,
  /** Of one key, from whichever address. */
  apiRequestsPerMinute: 600,
  apiPage: 100,
  /** Its last use is remembered once in this time at most. */
  keyUsedMs: 60_000,

  /** Typing is told at most this often, and forgotten when it was not repeated for `typingForgottenMs`. */
  typingIntervalMs: 2000,
  typingForgottenMs: 6000,
  seenIntervalMs: 1000,

  historyPage: 200,
  chatLogPage: 50,
  searchLength: 300,
  searchWords: 16,
  auditPage: 50,
  agentRoomDefault: 4,
  agentRoomMax: 20,
  /** The longest that a queue may aim at; waits are counted in steps that are coarser from there on. */
  answerWithinMaxMs: 3_600_000,
  /** Rows of each kind in one frame of the floor, and how often it is told at most. */
  floorRows: 50,
  floorIntervalMs: 1000,
  /** Unanswered requests in a row after which an agent is paused. */
  missedBeforePause: 3,
} as const;
