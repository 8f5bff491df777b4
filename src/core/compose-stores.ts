import { createAccountStore } from './db/account-store.ts';
import { createAccountTokenStore } from './db/account-token-store.ts';
import { createAddressStateStore } from './db/address-state-store.ts';
import { createAddressStore } from './db/address-store.ts';
import { createAlertStore } from './db/alert-store.ts';
import { createAlarmStore } from './db/alarm-store.ts';
import { createAnswerStore } from './db/answer-store.ts';
import { createAssetImportStore } from './db/asset-import-store.ts';
import { createAssetListStore } from './db/asset-list-store.ts';
import { createAssetReferenceStore } from './db/asset-reference-store.ts';
import { createAssetSourceStore } from './db/asset-source-store.ts';
import { createAssetStore } from './db/asset-store.ts';
import { createAutomaticLetterStore } from './db/automatic-letter-store.ts';
import { createBindingStore } from './db/binding-store.ts';
import { createCallStore } from './db/call-store.ts';
import { createCallTurnStore } from './db/call-turn-store.ts';
import { createCallViewStore } from './db/call-view-store.ts';
import { createCensusStore } from './db/census-store.ts';
import { createChatFileStore } from './db/chat-file-store.ts';
import { createChatHistoryStore } from './db/chat-history-store.ts';
import { createChatLinkStore } from './db/chat-link-store.ts';
import { createChatMessageStore } from './db/chat-message-store.ts';
import { createChatRangeStore } from './db/chat-range-store.ts';
import { createChatStore } from './db/chat-store.ts';
import { createCalendarStore } from './db/calendar-store.ts';
import { createClockRuleStore } from './db/clock-rule-store.ts';
import { createClockStore } from './db/clock-store.ts';
import { createContractorRequestStore } from './db/contractor-request-store.ts';
import { createConversationStore } from './db/conversation-store.ts';
import { createContactStore } from './db/contact-store.ts';
import { createDeliveryAttemptStore } from './db/delivery-attempt-store.ts';
import { createDeliveryStore } from './db/delivery-store.ts';
import { createDraftStore } from './db/draft-store.ts';
import { createHandoverStore } from './db/handover-store.ts';
import { createFloodStore } from './db/flood-store.ts';
import { createExportStore } from './db/export-store.ts';
import { createIncidentAssetStore } from './db/incident-asset-store.ts';
import { createIncidentQuery } from './db/incident-query.ts';
import { createIncidentStore } from './db/incident-store.ts';
import { createLadderStore } from './db/ladder-store.ts';
import { createLifeStore } from './db/life-store.ts';
import { createLinkStore } from './db/link-store.ts';
import { createLetterFactStore } from './db/letter-fact-store.ts';
import { createMergeStore } from './db/merge-store.ts';
import { createMapStore } from './db/map-store.ts';
import { createListsFileStore } from './db/lists-file-store.ts';
import { createMessageStore } from './db/message-store.ts';
import { createMessageViewStore } from './db/message-view-store.ts';
import { createNoteStore } from './db/note-store.ts';
import { createNoticeExportStore } from './db/notice-export-store.ts';
import { createNotificationStore } from './db/notification-store.ts';
import { createNotificationTemplateStore } from './db/notification-template-store.ts';
import { createNotificationViewStore } from './db/notification-view-store.ts';
import type { Db } from './db/open.ts';
import { createOnCallStore } from './db/on-call-store.ts';
import { createOutboxStore } from './db/outbox-store.ts';
import { createPartySearchStore } from './db/party-search-store.ts';
import { createPersonStore } from './db/person-store.ts';
import { createPersonalStore } from './db/personal-store.ts';
import { createRawStore } from './db/raw-store.ts';
import { createRetentionStore } from './db/retention-store.ts';
import { createTextRetentionStore } from './db/text-retention-store.ts';
import { createReachAlarmStore } from './db/reach-alarm-store.ts';
import { createReachPartyStore } from './db/reach-party-store.ts';
import { createReferenceStore } from './db/reference-store.ts';
import { createReminderStore } from './db/reminder-store.ts';
import { createReplyStore } from './db/reply-store.ts';
import { createRouteStore } from './db/route-store.ts';
import { createReportStore } from './db/report-store.ts';
import { createRuleStore } from './db/rule-store.ts';
import { createSecretStore } from './db/secret-store.ts';
import { createSearchStore } from './db/search-store.ts';
import { createSettingStore } from './db/setting-store.ts';
import { createShiftWorkStore } from './db/shift-work-store.ts';
import { createSilenceStore } from './db/silence-store.ts';
import { createSimilarStore } from './db/similar-store.ts';
import { createTechnicianStore } from './db/technician-store.ts';
import { createStrayStore } from './db/stray-store.ts';
import { createTelegramStore } from './db/telegram-store.ts';
import { createViewStore } from './db/view-store.ts';

export type Stores = ReturnType<typeof composeStores>;

/** Every store once; their statements are shared through the database. */
export function composeStores(db: Db) {
  return {
    ...reachStores(db),
    accounts: createAccountStore(db),
    accountTokens: createAccountTokenStore(db),
    addresses: createAddressStore(db),
    adminAlerts: createAlertStore(db),
    alarms: createAlarmStore(db),
    answers: createAnswerStore(db),
    assetImports: createAssetImportStore(db),
    assetLists: createAssetListStore(db),
    assetReference: createAssetReferenceStore(db),
    assetSources: createAssetSourceStore(db),
    assets: createAssetStore(db),
    automaticLetters: createAutomaticLetterStore(db),
    census: createCensusStore(db),
    chatHistory: createChatHistoryStore(db),
    chatLinks: createChatLinkStore(db),
    chatFiles: createChatFileStore(db),
    chatMessages: createChatMessageStore(db),
    chatRanges: createChatRangeStore(db),
    chats: createChatStore(db),
    calendars: createCalendarStore(db),
    clockRules: createClockRuleStore(db),
    clocks: createClockStore(db),
    contacts: createContactStore(db),
    conversations: createConversationStore(db),
    drafts: createDraftStore(db),
    handovers: createHandoverStore(db),
    floods: createFloodStore(db),
    exports: createExportStore(db),
    incidentAssets: createIncidentAssetStore(db),
    incidents: createIncidentStore(db),
    life: createLifeStore(db),
    links: createLinkStore(db),
    letterFacts: createLetterFactStore(db),
    merges: createMergeStore(db),
    map: createMapStore(db),
    listsFile: createListsFileStore(db),
    messages: createMessageStore(db),
    notes: createNoteStore(db),
    outbox: createOutboxStore(db),
    people: createPersonStore(db),
    personal: createPersonalStore(db),
    query: createIncidentQuery(db),
    raw: createRawStore(db),
    reference: createReferenceStore(db),
    retention: createRetentionStore(db),
    textRetention: createTextRetentionStore(db),
    reminders: createReminderStore(db),
    reports: createReportStore(db),
    rules: createRuleStore(db),
    search: createSearchStore(db),
    secrets: createSecretStore(db),
    settings: createSettingStore(db),
    shiftWork: createShiftWorkStore(db),
    silences: createSilenceStore(db),
    saved: createViewStore(db),
    similarity: createSimilarStore(db),
    telegram: createTelegramStore(db),
    views: createMessageViewStore(db),
  };
}

/** Those of reaching people: ways, ladders, what was told and answered, technicians and their calls. */
function reachStores(db: Db) {
  return {
    addressStates: createAddressStateStore(db),
    bindings: createBindingStore(db),
    calls: createCallStore(db),
    callTurns: createCallTurnStore(db),
    callViews: createCallViewStore(db),
    contractorRequests: createContractorRequestStore(db),
    deliveries: createDeliveryStore(db),
    deliveryAttempts: createDeliveryAttemptStore(db),
    ladders: createLadderStore(db),
    onCall: createOnCallStore(db),
    noticeExports: createNoticeExportStore(db),
    notificationTemplates: createNotificationTemplateStore(db),
    notificationView: createNotificationViewStore(db),
    notifications: createNotificationStore(db),
    partySearch: createPartySearchStore(db),
    reachAlarms: createReachAlarmStore(db),
    reachParties: createReachPartyStore(db),
    replies: createReplyStore(db),
    routes: createRouteStore(db),
    technicians: createTechnicianStore(db),
    strays: createStrayStore(db),
  };
}
