"""Whom to phone, what to do and the reasons of the menu, in Dutch and English."""

from collections.abc import Mapping

from advisor.protocol.model import Contact, StopReason

_CONTACTS_NL: Mapping[Contact, str] = {
    Contact.SEH_PHYSICIAN: "de SEH-arts",
    Contact.DEPARTMENT: "de afdeling",
    Contact.MKA: "de meldkamer (MKA)",
    Contact.MMA: "de MMA",
}

_REASONS_NL: Mapping[StopReason, str] = {reason: reason.value for reason in StopReason}

_DUTIES_NL: Mapping[str, str] = {
    "check_lpz_before_departure": "Kijk vlak voor vertrek met de patiënt nog eens naar de stand.",
    "phone_seh_physician": "Bel de SEH-arts voordat u kiest.",
    "phone_department": "Bel de afdeling voordat u kiest.",
    "phone_mka": "Bel de meldkamer voordat u kiest.",
    "inform_mma_of_dispute": "Leg het meningsverschil aan de MMA voor.",
    "call_ahead": "Bel de shockroom vooruit.",
    "substantiate_consultation": "Wilt u toch hierheen: overleg en onderbouw het.",
    "ask_gp_acceptance": "Vraag of de SEH de patiënt van de verwijzer heeft aangenomen.",
    "may_defer_known_patient": "SEH en verwijzer kunnen een later tijdstip afspreken.",
    "receive_self_referral": "De triage ontvangt de zelfverwijzer en vertelt de wachttijd.",
    "nurse_decides": "U kiest de bestemming; dit advies houdt niets tegen.",
    "escalation_first": "Doorloop eerst alle maatregelen die een stop kunnen voorkomen.",
    "check_regional_capacity": "Controleer of er in de regio genoeg openblijft voor deze zorg.",
    "choose_reason": "Kies een reden uit het menu.",
    "not_for_ward_shortage": "Een tekort aan bedden of een opnamestop is geen reden voor een stop of code.",
    "board_decides": "Het besluit is aan de raad van bestuur of wie daarvoor is aangewezen.",
    "phone_peers_of_scarce_care": "Weinig ziekenhuizen bieden deze zorg: bel de andere vooraf.",
    "phone_subregion_as_last": "U bent de laatste: bel vooraf de collega's in de subregio.",
    "tell_subregion_lifted": "Laat de collega's in de subregio weten dat de stops zijn opgeheven.",
    "start_escalation_on_orange": "Start de maatregelen tegen een stop als dat nog niet is gebeurd.",
    "report_orange": "Meld de dreigende stop aan de meldkamer, de ambulancedienst en de huisartsen.",
    "record_escalation": "Leg vast welke maatregelen zijn genomen en waarom.",
    "no_fixed_criteria": "Er zijn geen vaste criteria voor een stop; het programma verzint er geen.",
    "warn_before_end": "De stop loopt bijna af: verleng na een nieuwe beoordeling, of laat hem aflopen.",
    "end_stop_early": "Is het eerder opgelost, meld de stop dan meteen af.",
    "reassess_before_extending": "Verlengen kan alleen voor het einde en na een nieuwe beoordeling.",
    "norm_exceeded": "De stop duurt langer dan de normtijd; de MMA kan dit opnemen, ook later.",
    "remove_lapsed_stop": "De stop is vervallen: haal hem uit LPZ.",
    "confirm_lapse": "De meldkamer bevestigt dat de stops zijn vervallen.",
    "report_plan_in_roaz": "Meld de geplande stop en de reden vooraf in het ROAZ.",
    "phone_mma_and_region": "Bel minstens een dag vooraf de MMA en de ziekenhuizen in de MKA-regio.",
    "announce_plan": "Zet vooraf een bericht in LPZ met reden, begin en einde.",
    "declare_plan_at_start": "Kondig de stop bij het begin gewoon af; het bericht alleen verandert niets.",
    "report_per_region": "Rapporteer aantallen en duur per regio, nooit per ziekenhuis.",
    "policy_minutes_are_background": "Minuten uit beleidsstudies zijn achtergrond en geen grens.",
}

_CONTACTS_EN: Mapping[Contact, str] = {
    Contact.SEH_PHYSICIAN: "the SEH physician",
    Contact.DEPARTMENT: "the department",
    Contact.MKA: "the dispatch centre (MKA)",
    Contact.MMA: "the MMA",
}

_REASONS_EN: Mapping[StopReason, str] = {
    StopReason.PATIENT_PEAK: "Peak in number of patients",
    StopReason.ACUITY_PEAK: "Peak in severity of patients",
    StopReason.TREATMENT_CAPACITY: "Insufficient treatment capacity",
    StopReason.OUTFLOW: "Outflow of the department stagnates",
    StopReason.TECHNICAL: "Internal calamity/technical problem",
    StopReason.ROSTER: "Roster",
}

_DUTIES_EN: Mapping[str, str] = {
    "check_lpz_before_departure": "Look at the status once more just before you leave with the patient.",
    "phone_seh_physician": "Call the SEH physician before you choose.",
    "phone_department": "Call the department before you choose.",
    "phone_mka": "Call the dispatch centre before you choose.",
    "inform_mma_of_dispute": "Put the disagreement to the MMA.",
    "call_ahead": "Call the shockroom ahead.",
    "substantiate_consultation": "If you still want to go here: consult, and substantiate it.",
    "ask_gp_acceptance": "Ask whether the SEH accepted the patient from the referrer.",
    "may_defer_known_patient": "SEH and referrer may agree on a later time.",
    "receive_self_referral": "Triage receives the self-referral and tells the waiting time.",
    "nurse_decides": "You choose the destination; this advice blocks nothing.",
    "escalation_first": "First work through every measure that can prevent a stop.",
    "check_regional_capacity": "Check that enough stays open in the region for this care.",
    "choose_reason": "Choose a reason from the menu.",
    "not_for_ward_shortage": "A shortage of beds or an admission stop is no ground for a stop or code.",
    "board_decides": "The decision is for the board or whoever it appointed.",
    "phone_peers_of_scarce_care": "Few hospitals provide this care: call the others beforehand.",
    "phone_subregion_as_last": "You are the last: call the colleagues in the subregion beforehand.",
    "tell_subregion_lifted": "Tell the colleagues in the subregion that the stops are lifted.",
    "start_escalation_on_orange": "Start the measures against a stop if that has not been done.",
    "report_orange": "Report the threatened stop to the dispatch centre, the ambulance service and the GPs.",
    "record_escalation": "Record which measures were taken and why.",
    "no_fixed_criteria": "There are no fixed criteria for a stop; the program invents none.",
    "warn_before_end": "The stop is about to end: extend it after a new assessment, or let it end.",
    "end_stop_early": "If it is solved earlier, end the stop at once.",
    "reassess_before_extending": "Extending is only possible before the end and after a new assessment.",
    "norm_exceeded": "The stop lasts longer than its norm; the MMA may take this up, also later.",
    "remove_lapsed_stop": "The stop has lapsed: remove it from LPZ.",
    "confirm_lapse": "The dispatch centre confirms that the stops have lapsed.",
    "report_plan_in_roaz": "Report the planned stop and its reason to the ROAZ beforehand.",
    "phone_mma_and_region": "Call the MMA and the hospitals of the MKA region at least a day ahead.",
    "announce_plan": "Put a message in LPZ beforehand with reason, begin and end.",
    "declare_plan_at_start": "Declare the stop in the regular way when it begins; the message alone changes nothing.",
    "report_per_region": "Report numbers and duration per region, never per hospital.",
    "policy_minutes_are_background": "Minutes from policy studies are background and no limit.",
}

CONTACTS = {"nl": _CONTACTS_NL, "en": _CONTACTS_EN}
STOP_REASONS = {"nl": _REASONS_NL, "en": _REASONS_EN}
DUTIES = {"nl": _DUTIES_NL, "en": _DUTIES_EN}
