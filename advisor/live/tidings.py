"""Tells the live clients what happened to rides, and what on the board needs attention: each only what concerns it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from advisor.journal.board import Board
from advisor.kernel import HospitalId
from advisor.live.alerts import Alert, alerts_of_destinations, alerts_of_notices, alerts_of_refusals
from advisor.live.audience import Audience, Listener
from advisor.live.boards import Look
from advisor.live.concerned import hears_deliberation, hears_notice, hears_ride
from advisor.live.ride_news import RideNews, ride_news
from advisor.services.access import Actor, Role
from advisor.services.advice_record import AdviceRecords
from advisor.services.see_closures import SEEING
from advisor.services.see_inbound import inbound_document
from advisor.services.see_rides import may_see, proposal_document, review_document, ride_document
from advisor.services.world import World

Tell = Callable[[str, str, Mapping[str, Any]], None]
"""Sends a client an event: its connection, the name of the event, the document."""


class Tidings:
    """Hears of every new board and every new look at it. What goes out carries the number that it is known up to."""

    def __init__(self, audience: Audience, tell: Tell, world: World, look: Look) -> None:
        self._audience = audience
        self._tell = tell
        self._world = world
        self._look = look
        self._records = AdviceRecords(world)
        self._regions = world.regions
        self._names = {hospital.id: hospital.name for hospital in world.registry}

    def of_rides(self, before: Board, after: Board) -> None:
        """Tell what happened to rides between two boards."""
        news = ride_news(before, after)
        if not news:
            return
        refused = tuple(alerts_of_refusals(news, self._names))
        touched = {hospital for each in news for hospital in each.hospitals}
        for listener in self._audience:
            for each in news:
                self._tell_ride(listener, each, after)
            self._tell_alerts(listener, refused, after.seq)
            if listener.actor.role is Role.HOSPITAL and listener.actor.hospital in touched:
                self.of_inbound(listener, after)

    def of_board(self, look: Look, board: Board) -> None:
        """Tell what needs attention since the last look."""
        before, self._look = self._look, look
        alerts = (
            *alerts_of_notices(before.notices, look.notices),
            *alerts_of_destinations(board.rides.values(), before, look, self._names),
        )
        for listener in self._audience:
            self._tell_alerts(listener, alerts, look.seq)

    def of_inbound(self, listener: Listener, board: Board) -> None:
        """Tell an account of a hospital all ambulances that are on their way there, in place of what it was told."""
        actor = listener.actor
        if actor.role is not Role.HOSPITAL or actor.hospital is None:
            return
        document = inbound_document(
            actor.hospital, actor=actor, board=board, now=self._world.clock(), records=self._records
        )
        self._send(listener, "inbound", document, board.seq)

    def of_roads(self, board: Board) -> None:
        """Tell that other roads are closed than before, or that the drive times have followed; which, they ask for."""
        for listener in self._audience:
            if listener.actor.role in SEEING:
                self._send(listener, "closures", {}, board.seq)

    def _tell_ride(self, listener: Listener, news: RideNews, board: Board) -> None:
        actor, ride = listener.actor, news.after
        if hears_ride(actor, news, self._regions):
            self._send(listener, "ride", ride_document(ride, actor), board.seq)
        if not hears_deliberation(actor, news, self._regions):
            return
        for proposal in news.proposals:
            self._send(listener, "proposal", {"ride": ride.id, **proposal_document(proposal)}, board.seq)
        for review in news.reviews:
            self._send(listener, "review", {"ride": ride.id, **review_document(review)}, board.seq)

    def _tell_alerts(self, listener: Listener, alerts: Iterable[Alert], seq: int) -> None:
        for alert in alerts:
            if self._is_for(listener.actor, alert):
                self._send(listener, "alert", alert.document, seq)

    def _is_for(self, actor: Actor, alert: Alert) -> bool:
        if alert.ride is None:
            return hears_notice(actor, alert.hospital, alert.mka)
        if alert.code == "destination_changed":
            return actor.role is Role.NURSE and may_see(actor, alert.ride, self._regions)
        mka = self._regions.get(HospitalId(alert.hospital or ""), "")
        return actor.role is not Role.HOSPITAL and hears_notice(actor, alert.hospital, mka)

    def _send(self, listener: Listener, event: str, document: Mapping[str, Any], seq: int) -> None:
        self._tell(listener.connection, event, {**document, "seq": seq, "epoch": self._world.journal.epoch})
