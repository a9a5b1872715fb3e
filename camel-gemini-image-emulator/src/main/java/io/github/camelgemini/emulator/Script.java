package io.github.camelgemini.emulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The scripted faults, in their order. */
final class Script {

    private final List<ScriptedFault> faults = new CopyOnWriteArrayList<>();
    private final Habits habits;

    Script(Habits habits) {
        this.habits = habits;
    }

    ScriptedFault add(RequestMatcher matcher, int times, Fault fault) {
        ScriptedFault scripted = new ScriptedFault(matcher, times, fault);
        faults.add(scripted);
        return scripted;
    }

    /** Uses the first fault that matches this request. */
    Plan planFor(ReceivedRequest request) {
        Plan plan = habits.plan(request.service());
        for (ScriptedFault scripted : faults) {
            if (scripted.takes(request)) {
                scripted.fault().change(plan);
                plan.generation.scripted = true;
                break;
            }
        }
        return plan;
    }

    List<ScriptedFault> faults() {
        return List.copyOf(faults);
    }

    Habits habits() {
        return habits;
    }

    void clear() {
        faults.clear();
    }
}
