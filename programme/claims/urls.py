"""Addresses of payment claims and of the grants that they are of."""

from django.urls import path

from programme.views import claim_acts, claim_drafts, claim_papers, claims

CLAIMS = "<slug:programme>/finance/claims/"
ONE = f"{CLAIMS}<code:code>/"
LINES = f"{ONE}not-eligible/"
PAPERS = f"{ONE}attachments/"

claim_patterns = [
    path(CLAIMS, claims.claim_list, name="claim-list"),
    path(f"{CLAIMS}new/", claim_drafts.claim_create, name="claim-create"),
    path(f"{CLAIMS}grants/<year:year>/", claim_drafts.grant_edit, name="grant-edit"),
    path(ONE, claims.claim_detail, name="claim-detail"),
    path(f"{ONE}package.zip", claim_papers.claim_package, name="claim-package"),
    path(f"{ONE}edit/", claim_drafts.claim_edit, name="claim-edit"),
    path(f"{ONE}retake/", claim_drafts.claim_retake, name="claim-retake"),
    path(f"{ONE}remove/", claim_drafts.claim_remove, name="claim-remove"),
    path(LINES, claims.ClaimLineList.as_view(), name="claim-line-list"),
    path(f"{LINES}new/", claim_drafts.exclusion_create, name="exclusion-create"),
    path(f"{LINES}<int:number>/", claim_drafts.exclusion_edit, name="exclusion-edit"),
    path(f"{LINES}<int:number>/remove/", claim_drafts.exclusion_remove, name="exclusion-remove"),
    path(f"{ONE}hand-on/", claim_acts.claim_hand_on, name="claim-hand-on"),
    path(f"{ONE}take-back/", claim_acts.claim_take_back, name="claim-take-back"),
    path(f"{ONE}decision/", claim_acts.claim_decision, name="claim-decision"),
    path(f"{ONE}send/", claim_acts.claim_send, name="claim-send"),
    path(f"{ONE}funder/", claim_acts.claim_funder, name="claim-funder"),
    path(f"{ONE}payment/", claim_acts.claim_payment, name="claim-payment"),
    path(PAPERS, claim_papers.attachment_add, name="claim-attachment-add"),
    path(f"{PAPERS}<int:number>/", claim_papers.attachment, name="claim-attachment"),
    path(f"{PAPERS}<int:number>/remove/", claim_papers.attachment_remove, name="claim-attachment-remove"),
]
