"""Addresses of the ledger's pages. A year is followed by an area's code; entries are named by their number."""

from django.urls import path

from funding.views import adjusting, allocation, area, attachments, entering, passing, paying, sheets

AREA = "funds/<int:year>/<str:code>/"
ENTRY = "funds/allocations/<int:pk>/"
PASS = f"{ENTRY}pass-down/"

urlpatterns = [
    path("funds/", area.funds, name="funds"),
    path(AREA, area.funds_area, name="funds-area"),
    path(f"{AREA}enter/", entering.enter, name="funds-enter"),
    path(f"{AREA}payments/", paying.payments, name="funds-payments"),
    path(ENTRY, allocation.allocation, name="allocation"),
    path(PASS, passing.pass_on, name="allocation-pass-down"),
    path(f"{PASS}workbook.xlsx", sheets.template, name="allocation-template"),
    path(f"{PASS}sheet/", sheets.sheet, name="allocation-sheet"),
    path(f"{PASS}sheet/<uuid:key>/errors.xlsx", sheets.errors, name="allocation-sheet-errors"),
    path(f"{ENTRY}adjust/", adjusting.adjust, name="allocation-adjust"),
    path(f"{ENTRY}pay/", paying.pay, name="allocation-pay"),
    path(f"{ENTRY}attach/", attachments.attach, name="allocation-attach"),
    path("funds/payments/<int:pk>/take-back/", paying.take_back, name="payment-take-back"),
    path("funds/attachments/<int:pk>/", attachments.download, name="attachment"),
]
