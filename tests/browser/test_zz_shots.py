import pytest
import re
from tests.browser.test_grid import cell, chip, PHONE, CLERK, pytestmark
from tests.browser.test_grid import open_grid
from programmes.actions import submit_records
@pytest.mark.parametrize("n",[1])
def test_shots(open_grid, world, browser, n, live_server, client):
    from programmes.models import DewRecord as D
    v = dict(trained="12345", women="2345", placed="10345", pay_before="1234.50", pay_after="2234.50", vocational="123456", subsidy="1234567.50", spent="2345678.25")
    for name in ("Huawu","Gaoshan","Dazhai"):
        r = world.save(name, **v)
    for rec in list(D.objects.filter(year=2010)):
        D.objects.filter(pk=rec.pk).update()
        rec.pk=None; rec.year=2009
        D.objects.bulk_create([rec])
    page = open_grid(); page.wait_for_timeout(800); page.screenshot(path="/tmp/s_edit.png")
    over = """() => [...document.querySelectorAll('#grid .last')].filter(l => {
       const v = l.parentElement.querySelector('.read-only, input'); const r = document.createRange();
       const lr = l.getBoundingClientRect(); let top;
       if (v.tagName === 'INPUT') top = v.getBoundingClientRect().top + parseFloat(getComputedStyle(v).paddingTop);
       else { r.selectNodeContents(v); if (!v.textContent) return false; top = r.getBoundingClientRect().top; }
       return lr.bottom > top + 1 || l.scrollWidth > l.clientWidth || v.scrollWidth > v.clientWidth; }).map(l => l.parentElement.outerHTML.slice(0,150))"""
    print("EDIT", page.evaluate(over), page.evaluate("[...document.querySelectorAll('#grid tbody tr')].map(r=>r.offsetHeight)"))
    page = open_grid("reviewer"); page.wait_for_timeout(500); page.screenshot(path="/tmp/s_read.png")
    print("READ", page.evaluate(over), page.evaluate("[...document.querySelectorAll('#grid tbody tr')].map(r=>r.offsetHeight)"))
    for u in ("clerk","reviewer"):
        page = open_grid(u, viewport=PHONE); page.goto(page.url.split("/work/")[0]+"/work/"); page.screenshot(path=f"/tmp/s_work_{u}.png")
        print("W", page.evaluate("[...document.querySelectorAll('.wide')].map(w=>[w.scrollWidth,w.clientWidth])"))
    page = open_grid(viewport=PHONE); page.wait_for_timeout(500); page.screenshot(path="/tmp/s_phone.png")
    with browser.new_context(java_script_enabled=False) as plain:
        page = open_grid(within=plain)
        cell(page, world["Huawu"], "placed").fill("55555")
        page.get_by_role("button", name="Save").click()
        page.screenshot(path="/tmp/s_nojs.png")
    page = open_grid()
    page.route("**/save/", lambda route: route.fulfill(status=403, json={"message": "The round is closed."}))
    cell(page, world["Huawu"], "trained").fill("12346"); page.keyboard.press("Enter"); page.wait_for_timeout(1800)
    print("CHIP", chip(page, world["Huawu"]).inner_html())
    page.screenshot(path="/tmp/s_refused.png")
