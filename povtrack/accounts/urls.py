"""Signing in and the account. Of allauth's pages only these: admins make accounts and set forgotten passwords."""

from allauth.account import views as allauth
from django.urls import path

from povtrack.accounts import views

urlpatterns = [
    path("accounts/login/", allauth.login, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/password/change/", allauth.password_change, name="account_change_password"),
    path("account/", views.account, name="account"),
    path("account/tokens/", views.token_create, name="token-create"),
    path("account/tokens/<slug:key>/revoke/", views.token_revoke, name="token-revoke"),
]
