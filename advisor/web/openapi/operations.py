"""Every operation of the interface: what it takes and what it gives, by method and path as in the routes."""

from advisor.kernel import Department, Status
from advisor.services.review_queue import ReviewKind, ReviewState
from advisor.web.openapi.feeds import FEED_OPERATIONS
from advisor.web.openapi.operation import KEYED, Operation, Parameter
from advisor.web.openapi.reports import REPORT_OPERATIONS
from advisor.web.openapi.words import FLAG, IDENTITY, MOMENT, TEXT, number_in, one_of


def _step(name: str, summary: str, body: str = "", *, body_required: bool = True) -> Operation:
    return Operation(
        name=name,
        group=KEYED,
        summary=summary,
        by="the crew of the ride",
        body=body or "Press",
        body_required=body_required and bool(body),
        answer="Ride",
    )


_ADVISED = "every role but gp"
_SPEAKS = "the hospital itself, or an admin"
_CLOSERS = "dispatcher, admin"
_OF = (Parameter(name="hospital", schema=IDENTITY),)
_PAGE = (
    Parameter(name="before", schema={"type": "integer", "minimum": 1}),
    Parameter(name="limit", schema={"type": "integer", "minimum": 1, "maximum": 500}),
)

REVIEWED = (
    Parameter(name="from", schema=MOMENT),
    Parameter(name="until", schema=MOMENT),
    Parameter(name="kind", schema=one_of(ReviewKind)),
    Parameter(name="state", schema=one_of(ReviewState)),
)

OPERATIONS: dict[tuple[str, str], Operation] = {
    ("POST", "/session"): Operation(
        name="logIn", group="session", summary="Log in.", by="anybody", body="Credentials", answer="Session", open=True
    ),
    ("DELETE", "/session"): Operation(
        name="logOut", group="session", summary="Log out; the token and its sockets are dead at once.", status=204
    ),
    ("POST", "/session/pair"): Operation(
        name="pairDevice", group="session", summary="Log a device in by a code of the dispatch centre, once.",
        by="anybody", body="PairingCode", answer="Session", open=True,
    ),
    ("GET", "/session/ways"): Operation(
        name="ways", group="session", summary="Tell by which ways one may log in.", by="anybody", answer="Ways",
        open=True,
    ),
    ("GET", "/me/access"): Operation(
        name="ownAccess", group="access", summary="Show what the caller did, and who reached what is the caller's.",
        answer="AccessLines", query=_PAGE,
    ),
    ("GET", "/access"): Operation(
        name="access", group="access", summary="Show lines of the access log, the latest first.", by="admin, mma",
        answer="AccessLines",
        query=(
            Parameter(name="person", schema=TEXT),
            Parameter(name="user", schema=TEXT),
            Parameter(name="object", schema=TEXT),
            *_PAGE,
        ),
    ),
    ("GET", "/devices"): Operation(
        name="devices", group="devices", summary="List the devices of the past month.", by=_CLOSERS, answer="Device",
        is_list=True,
    ),
    ("POST", "/devices"): Operation(
        name="issueCode", group="devices", summary="Issue a code by which a device logs in as a crew, once.",
        by=_CLOSERS, body="NewDevice", answer="IssuedCode", status=201,
    ),
    ("DELETE", "/devices/{device_id}"): Operation(
        name="endDevice", group="devices", summary="End a device; its session and sockets are dead at once.",
        by=_CLOSERS, status=204,
    ),
    ("GET", "/me"): Operation(name="me", group="session", summary="Tell who is logged in.", answer="Me"),
    ("GET", "/protocol"): Operation(
        name="menu",
        group="stops",
        summary="Tell what can be declared at the caller's hospital, or at another one.",
        answer="Menu",
        query=(Parameter(name="hospital", schema=IDENTITY),),
    ),
    ("GET", "/hospitals"): Operation(
        name="hospitals", group="board", summary="List the hospitals.", answer="Hospital", is_list=True
    ),
    ("GET", "/board"): Operation(name="board", group="board", summary="Show the whole board.", answer="Board"),
    ("GET", "/stops"): Operation(
        name="pastStops", group="stops", summary="List the stops that a hospital declared in the past month.",
        by=_SPEAKS, answer="PastStop", is_list=True, query=_OF,
    ),
    ("GET", "/stops/preparation"): Operation(
        name="prepareStop", group="stops", summary="Tell what to know and do before a stop is declared.",
        by=_SPEAKS, answer="Preparation",
        query=(
            Parameter(name="department", schema=one_of(Department), required=True),
            Parameter(name="status", schema=one_of(Status), required=True),
            *_OF,
        ),
    ),
    ("POST", "/stops"): Operation(
        name="declareStop", group="stops", summary="Declare a stop or code.", by=_SPEAKS, body="NewStop", answer="Stop",
        status=201,
    ),
    ("POST", "/stops/{stop_id}/extend"): Operation(
        name="extendStop", group="stops", summary="Extend a running stop, before its end.", by=_SPEAKS,
        body="Extension", answer="Stop",
    ),
    ("POST", "/stops/{stop_id}/end"): Operation(
        name="endStop", group="stops", summary="End a stop before its entered end.", by=_SPEAKS, answer="Stop"
    ),
    ("POST", "/stops/{stop_id}/correct"): Operation(
        name="correctStop", group="stops", summary="Put right what was entered wrongly; the wrong facts stay.",
        by="admin", body="Correction", answer="Stop",
    ),
    ("GET", "/plans"): Operation(
        name="plans", group="stops", summary="List the announced long stops of a hospital that may still come.",
        by=_SPEAKS, answer="Plan", is_list=True, query=_OF,
    ),
    ("POST", "/plans"): Operation(
        name="planStop", group="stops", summary="Announce a long stop ahead of time.", by=_SPEAKS, body="NewPlan",
        answer="Plan", status=201,
    ),
    ("DELETE", "/plans/{plan_id}"): Operation(
        name="withdrawPlan", group="stops", summary="Withdraw an announcement.", by=_SPEAKS, status=204
    ),
    ("POST", "/lapses"): Operation(
        name="confirmLapse", group="stops", summary="Confirm that the stops of a category lapse (rule 3.1).",
        by="a dispatcher of the region", body="NewLapse", answer="Lapse", status=201,
    ),
    ("POST", "/advice"): Operation(
        name="giveAdvice", group="advice", summary="Give an advice; it is kept with its receipt.", by=_ADVISED,
        body="Question", answer="Advice",
    ),
    ("GET", "/advice/{advice_id}"): Operation(
        name="advice", group="advice", summary="Give a kept advice as it was.", by=_ADVISED, answer="Advice"
    ),
    ("GET", "/advice/{advice_id}/replay"): Operation(
        name="replayAdvice", group="advice", summary="Work a kept advice out again; 409 where it differs.",
        by=_ADVISED, answer="Advice",
    ),
    ("GET", "/rides"): Operation(
        name="rides", group="rides seen", summary="List the rides that are not over and concern the caller.",
        answer="Ride", is_list=True,
    ),
    ("GET", "/rides/{ride_id}"): Operation(
        name="ride", group="rides seen", summary="Show a ride.",
        by="its crew, the hospital that it is announced to, dispatcher, mma", answer="Ride",
    ),
    ("POST", "/rides"): Operation(
        name="openRide", group=KEYED, summary="Begin a ride from an advice.", by="nurse", body="NewRide",
        answer="Ride", status=201,
    ),
    ("POST", "/rides/{ride_id}/choose"): _step("choose", "Choose a hospital, or another one later on.", "Choice"),
    ("POST", "/rides/{ride_id}/announce"): _step("announce", "Note that the chosen hospital was told."),
    ("POST", "/rides/{ride_id}/depart"): _step("depart", "Depart; the status is checked again at that instant."),
    ("POST", "/rides/{ride_id}/position"): _step("reportPosition", "Tell where the ambulance is.", "Position"),
    ("POST", "/rides/{ride_id}/arrive"): _step("arrive", "Note the arrival."),
    ("POST", "/rides/{ride_id}/handover"): _step("handOver", "Note that the patient was handed over."),
    ("POST", "/rides/{ride_id}/cancel"): _step("cancel", "End a ride early.", "Cancellation", body_required=False),
    ("POST", "/rides/{ride_id}/refused"): _step("refused", "Note that the patient was not taken.", "Refusal"),
    ("POST", "/rides/{ride_id}/consult"): _step("consult", "Note how a consultation ended.", "Consultation"),
    ("POST", "/rides/{ride_id}/proposal"): Operation(
        name="propose", group=KEYED, summary="Propose a destination to a crew.", by="dispatcher", body="NewProposal",
        answer="Proposal", status=201,
    ),
    ("POST", "/proposals/{proposal_id}/accept"): _step("acceptProposal", "Go along with a proposal."),
    ("POST", "/proposals/{proposal_id}/decline"): _step("declineProposal", "Keep to the own choice."),
    ("POST", "/reviews"): Operation(
        name="review", group=KEYED, summary="Review the choice of a ride.", by="dispatcher, mma", body="NewReview",
        answer="Review", status=201,
    ),
    ("GET", "/control"): Operation(
        name="control", group="control", summary="Show the open rides as the rules see them now, and the alarms.",
        by="dispatcher, mma", answer="ControlRoom",
    ),
    ("POST", "/alarms/acknowledge"): Operation(
        name="acknowledgeAlarm", group="control", summary="Take an alarm upon oneself; who was first stays.",
        by="dispatcher", body="NewAcknowledgement", answer="Acknowledgement",
    ),
    ("GET", "/rides/{ride_id}/options"): Operation(
        name="rideOptions", group="control", summary="List where a ride could go from where it is now.",
        by="dispatcher, mma", answer="RideOption", is_list=True,
    ),
    ("GET", "/reviews"): Operation(
        name="reviews", group="control", summary="List the rides to review: not the first choice, or a consultation.",
        by="dispatcher, mma", answer="ReviewQueue", query=REVIEWED,
    ),
    ("GET", "/reviews.csv"): Operation(
        name="reviewsTable", group="control", summary="Give the rides to review as CSV.", by="dispatcher, mma",
        media="text/csv", query=REVIEWED,
    ),
    ("GET", "/past"): Operation(
        name="past", group="control", summary="Show the board and the rides as they were at a moment, or are now.",
        by="dispatcher, mma", answer="Past", query=(Parameter(name="at", schema=MOMENT),),
    ),
    ("GET", "/advice/{advice_id}/today"): Operation(
        name="adviceToday", group="advice", summary="Judge the facts of a kept advice by the rules of today.",
        by=_ADVISED, answer="Advice",
    ),
    ("GET", "/package"): Operation(
        name="package", group="roads", summary="Tell which parts a device keeps for a time without a connection.",
        by=_ADVISED, answer="Package",
    ),
    ("GET", "/package/{name}/{identity}"): Operation(
        name="packagePart", group="roads", by=_ADVISED,
        summary="Give one part of what a device keeps, compressed: drive times as bytes, the other parts as JSON.",
        media="application/octet-stream",
    ),
    ("GET", "/network/map"): Operation(
        name="map", group="roads", summary="Tell what is needed to draw the road network.", answer="Map"
    ),
    ("GET", "/network/tiles/{z}/{x}/{y}"): Operation(
        name="tile", group="roads", summary="Give the roads of one tile.", answer="Tile",
        query=(Parameter(name="v", schema=TEXT),),
    ),
    ("GET", "/network/route"): Operation(
        name="route", group="roads", summary="Give the way to a hospital as a GeoJSON line.", answer="Route",
        query=(
            Parameter(name="from", schema={**TEXT, "examples": ["52.36,4.91"]}, required=True),
            Parameter(name="heading_deg", schema=number_in(0, 360)),
            Parameter(name="hospital", schema=IDENTITY, required=True),
            Parameter(name="signals", schema=FLAG),
        ),
    ),
    ("GET", "/network/reach"): Operation(
        name="reach", group="roads", summary="Give the area from which hospitals are reached in time, as GeoJSON.",
        answer="Reach",
        query=(
            Parameter(name="minutes", schema=number_in(1, 180), required=True),
            Parameter(name="hospital", schema=IDENTITY),
            Parameter(name="signals", schema=FLAG),
        ),
    ),
    ("GET", "/closures"): Operation(
        name="closures", group="roads", summary="Show the closed roads that hold or are to come.", answer="Closures"
    ),
    ("POST", "/closures"): Operation(
        name="closeRoad", group="roads", summary="Close or slow a road.", by=_CLOSERS, body="NewClosure",
        answer="Closure", status=201,
    ),
    ("DELETE", "/closures/{closure_id}"): Operation(
        name="reopenRoad", group="roads", summary="Open a road again.", by=_CLOSERS, status=204
    ),
    ("GET", "/places"): Operation(
        name="places", group="roads", summary="Find a position by name, coordinates or address.", answer="Place",
        is_list=True,
        query=(Parameter(name="q", schema={"type": "string", "minLength": 2, "maxLength": 120}, required=True),),
    ),
    **REPORT_OPERATIONS,
    **FEED_OPERATIONS,
    ("GET", "/healthz"): Operation(
        name="healthz", group="operation", summary="Tell whether the process lives.", by="anybody", answer="Health",
        open=True,
    ),
    ("GET", "/readyz"): Operation(
        name="readyz", group="operation", summary="Tell whether it can work; 503 with what is missing.", by="anybody",
        answer="Readiness", open=True, also=(503,),
    ),
    ("GET", "/metrics"): Operation(
        name="metrics", group="operation", summary="Give the figures of this process, for Prometheus.",
        by="anybody, or who has the token of the operator", media="text/plain", open=True,
    ),
    ("GET", "/openapi.json"): Operation(
        name="description", group="operation", summary="Give this description.", by="anybody", answer="Description",
        open=True,
    ),
}  # fmt: skip
