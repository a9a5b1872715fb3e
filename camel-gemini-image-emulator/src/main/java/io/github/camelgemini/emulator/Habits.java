package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Generation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How an emulator answers when nothing was scripted. Thread-safe. */
final class Habits {

    private final boolean smallPictures;
    private final Duration latency;
    private final Map<EmulatedService, Fault> fromTheStart;
    private final Map<EmulatedService, Fault> usual;

    /**
     * Habits from the start.
     *
     * @param smallPictures whether pictures weigh what they were drawn with, instead of what real ones weigh
     * @param latency how long a picture takes
     * @param usual what a service does unless told otherwise
     */
    Habits(boolean smallPictures, Duration latency, Map<EmulatedService, Fault> usual) {
        this.smallPictures = smallPictures;
        this.latency = latency;
        this.fromTheStart = new EnumMap<>(EmulatedService.class);
        this.fromTheStart.putAll(usual);
        this.usual = new EnumMap<>(fromTheStart);
    }

    /** A plan that no scripted fault has changed yet. */
    synchronized Plan plan(EmulatedService service) {
        Plan plan = new Plan();
        plan.latency = latency;
        plan.generation.pictureBytes = smallPictures ? 0 : Generation.USUAL;
        Optional.ofNullable(usual.get(service)).ifPresent(fault -> fault.change(plan));
        return plan;
    }

    synchronized void set(EmulatedService service, Fault fault) {
        usual.put(service, fault);
    }

    synchronized Map<EmulatedService, Fault> all() {
        return new EnumMap<>(usual);
    }

    /** Takes those up again that there were at the start. */
    synchronized void clear() {
        usual.clear();
        usual.putAll(fromTheStart);
    }
}
