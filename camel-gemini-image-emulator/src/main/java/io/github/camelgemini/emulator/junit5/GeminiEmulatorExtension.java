package io.github.camelgemini.emulator.junit5;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.Fault;
import io.github.camelgemini.emulator.GeminiEmulator;
import io.github.camelgemini.emulator.QueuedJob;
import io.github.camelgemini.emulator.ReceivedRequest;
import io.github.camelgemini.emulator.RequestMatcher;
import io.github.camelgemini.emulator.ScriptedFault;
import io.github.camelgemini.emulator.time.EmulatorClock;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit 5 extension that runs an emulator for a test class. It starts before the first test and stops after the last.
 * Before each test it removes faults and requests.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GeminiEmulatorExtension emulator = new GeminiEmulatorExtension();
 * }</pre>
 *
 * <p>The field must be static. Test methods may also have a parameter of type {@link GeminiEmulator}. With {@code
 * @ExtendWith} instead of a field, the parameter is the only access to the emulator.
 */
public final class GeminiEmulatorExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

    private final GeminiEmulator.Builder builder;
    private GeminiEmulator emulator;
    private int users;

    /** Creates an extension whose emulator accepts any key, on any free port. */
    public GeminiEmulatorExtension() {
        this(GeminiEmulator.builder());
    }

    /** Creates an extension with an emulator from this builder. */
    public GeminiEmulatorExtension(GeminiEmulator.Builder builder) {
        this.builder = builder;
    }

    /**
     * The running emulator.
     *
     * @throws IllegalStateException before the first test of the class and after the last
     */
    public GeminiEmulator emulator() {
        if (emulator == null) {
            throw new IllegalStateException(
                    "The emulator runs during tests only; is the field with GeminiEmulatorExtension static?");
        }
        return emulator;
    }

    /** See {@link GeminiEmulator#baseUrl()}. */
    public String baseUrl() {
        return emulator().baseUrl();
    }

    /** See {@link GeminiEmulator#baseUrl(EmulatedService)}. */
    public String baseUrl(EmulatedService service) {
        return emulator().baseUrl(service);
    }

    /** See {@link GeminiEmulator#anyfastUrl()}. */
    public String anyfastUrl() {
        return emulator().anyfastUrl();
    }

    /** See {@link GeminiEmulator#aimlapiUrl()}. */
    public String aimlapiUrl() {
        return emulator().aimlapiUrl();
    }

    /** See {@link GeminiEmulator#inferenceshUrl()}. */
    public String inferenceshUrl() {
        return emulator().inferenceshUrl();
    }

    /** See {@link GeminiEmulator#gmiUrl()}. */
    public String gmiUrl() {
        return emulator().gmiUrl();
    }

    /** See {@link GeminiEmulator#clock()}. */
    public EmulatorClock clock() {
        return emulator().clock();
    }

    /** See {@link GeminiEmulator#jobs()}. */
    public List<QueuedJob> jobs() {
        return emulator().jobs();
    }

    /** See {@link GeminiEmulator#port()}. */
    public int port() {
        return emulator().port();
    }

    /** See {@link GeminiEmulator#requests()}. */
    public List<ReceivedRequest> requests() {
        return emulator().requests();
    }

    /** See {@link GeminiEmulator#on(RequestMatcher)}. */
    public GeminiEmulator.Stubbing on(RequestMatcher matcher) {
        return emulator().on(matcher);
    }

    /** See {@link GeminiEmulator#next(Fault...)}. */
    public ScriptedFault next(Fault... faults) {
        return emulator().next(faults);
    }

    /** See {@link GeminiEmulator#endModel(String, int)}. */
    public void endModel(String model, int afterCalls) {
        emulator().endModel(model, afterCalls);
    }

    /** See {@link GeminiEmulator#usually(EmulatedService, Fault...)}. */
    public void usually(EmulatedService service, Fault... faults) {
        emulator().usually(service, faults);
    }

    /** See {@link GeminiEmulator#endModel(EmulatedService, String, int)}. */
    public void endModel(EmulatedService service, String model, int afterCalls) {
        emulator().endModel(service, model, afterCalls);
    }

    /** See {@link GeminiEmulator#clear()}. */
    public void clear() {
        emulator().clear();
    }

    // Nested test classes call beforeAll and afterAll again, inside those of the outer class.

    @Override
    public void beforeAll(ExtensionContext context) {
        if (users++ == 0) {
            emulator = builder.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        emulator().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--users == 0) {
            emulator.close();
            emulator = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == GeminiEmulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return emulator();
    }
}
