"""A phone brings the file of its entry in its person's session; nobody else does, and no phone that is lost."""

import json
from base64 import b64encode

import pytest
from django.conf import settings

from concerto.conductor import attachments
from concerto.conductor.envelopes import public_key
from concerto.groundwork import clock
from concerto.journal.kinds.case_attachments import CaseAttachment1
from concerto.journal.models import Attachment
from concerto.places.models import Device
from tests.attached import boxed, jpeg
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A

from .phone import enrolled

pytestmark = pytest.mark.django_db
PHOTO = jpeg(drawn=b"\x11" * 3000)


@pytest.fixture(autouse=True)
def home_of_its_own(tmp_path, settings):
    settings.CONCERTO_HOME = tmp_path / "home"
    settings.CONCERTO_HOME.mkdir()
    settings.CONCERTO_TAIL = tmp_path / "tail"


@pytest.fixture
def matter(world) -> Matter:
    panel_line(world, world.med, VILLAGE_A, holds_seal=True)
    return Matter(world)


@pytest.fixture
def digest(matter) -> str:
    words = matter.words(attachments.describe(PHOTO).text)
    body = CaseAttachment1(case=matter.id, shows="agreement", files=[words.digest])
    assert matter.bring(body, on="2026-09-05", sealed=[words]) == "accepted"
    return words.digest


@pytest.fixture
def phone(world, digest):
    return enrolled(world.med)


def send(client, phone, digest, piece: bytes = b"", begins: int = 0, told: dict | None = None):
    asked = {
        "device": str(phone.device.id), "ticket": phone.ticket, "account": str(phone.owner.id), "log": str(TOWNSHIP),
        "digest": digest, "begins": begins, "piece": b64encode(piece).decode(),
        **(told or {}),
    }  # fmt: skip
    return client.post("/field/attach/", json.dumps(asked), "application/json", headers={"X-Concerto": "1"})


def code_of(answer) -> str:
    return str(answer.json().get("refused", {}).get("code", ""))


def test_pieces_come_in_their_persons_session_and_make_the_file(client, world, phone, digest):
    client.force_login(world.med)
    box = boxed(PHOTO, public_key(settings.CONCERTO_HOME).raw)
    assert send(client, phone, digest).json() == {"have": 0}
    assert send(client, phone, digest, box[:1000]).json() == {"have": 1000}
    assert send(client, phone, digest, box[1000:], 1000).json() == {"have": len(PHOTO), "whole": True}
    assert attachments.read(TOWNSHIP, digest, at=clock.now()) == PHOTO


def test_nobody_else_brings_it_and_no_phone_that_is_lost(client, world, phone, digest):
    assert code_of(send(client, phone, digest)) == "signed_out"
    client.force_login(world.lin)
    assert code_of(send(client, phone, digest)) == "other_person"
    assert code_of(send(client, enrolled(world.lin), digest)) == "file_not_named"
    client.force_login(world.med)
    Device.objects.filter(id=phone.device.id).update(lost_on=clock.today())
    assert code_of(send(client, phone, digest)) == "unknown_device"
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("told", [{"digest": "../../etc/passwd"}, {"piece": "§"}, {"begins": -1}])
def test_what_no_phone_writes_is_refused(client, world, phone, digest, told):
    client.force_login(world.med)
    assert code_of(send(client, phone, digest, told=told)) == "not_understood"


def test_a_box_for_another_server_is_not_kept(client, world, phone, digest):
    client.force_login(world.med)
    wrong = b"\x04" + bytes(len(PHOTO) + attachments.BOX_ADDS - 1)
    assert code_of(send(client, phone, digest, wrong)) == "envelope_not_opened"
    assert send(client, phone, digest).json() == {"have": 0}
