package io.github.camelgemini.emulator;

import io.github.camelgemini.emulator.api.Generation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The behaviour of an emulator without scripted faults. Thread-safe. */
final class Habits {

    private final boolean smallPictures;
    private final Duration latency;
    private final Map<EmulatedService, Fault> fromTheStart;
    private final Map<EmulatedService, Fault> usual;

    /**
     * The behaviour after the start.
     *
     * @param smallPictures whether pictures are sent without padding
     * @param latency how long a picture takes
     * @param usual the faults for all requests to a service
     */
    Habits(boolean smallPictures, Duration latency, Map<EmulatedService, Fault> usual) {
        this.smallPictures = smallPictures;
        this.latency = latency;
        this.fromTheStart = new EnumMap<>(EmulatedService.class);
        this.fromTheStart.putAll(usual);
        this.usual = new EnumMap<>(fromTheStart);
    }

    /** A plan without any scripted fault yet. */
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

    /** Restores the behaviour after the start. */
    synchronized void clear() {
        usual.clear();
        usual.putAll(fromTheStart);
    }
}
