package io.github.camelgemini.image;

import io.github.camelgemini.emulator.EmulatedService;
import io.github.camelgemini.emulator.GeminiEmulator;
import java.util.EnumSet;
import java.util.Set;

/** The services that the fault matrix calls, and what can be asked of each. */
enum MatrixService {
    GOOGLE(EmulatedService.GOOGLE, EnumSet.allOf(MatrixCall.class)),
    ANYFAST(EmulatedService.ANYFAST, EnumSet.allOf(MatrixCall.class)),
    AIMLAPI(EmulatedService.AIMLAPI, EnumSet.of(MatrixCall.GENERATE, MatrixCall.EDIT, MatrixCall.FOUR)),
    INFERENCESH(EmulatedService.INFERENCESH, EnumSet.of(MatrixCall.GENERATE, MatrixCall.EDIT, MatrixCall.FOUR)),
    GMI(EmulatedService.GMI, EnumSet.of(MatrixCall.GENERATE, MatrixCall.EDIT, MatrixCall.FOUR));

    private final EmulatedService emulated;
    private final Set<MatrixCall> calls;

    MatrixService(EmulatedService emulated, Set<MatrixCall> calls) {
        this.emulated = emulated;
        this.calls = calls;
    }

    Set<MatrixCall> calls() {
        return calls;
    }

    /** @param options of the row, which may name another server */
    String options(GeminiEmulator emulator, String options) {
        String all = options.isEmpty() ? "" : "&" + options;
        if (this != GOOGLE) {
            all += "&service=" + emulated.id() + "&apiKey=" + EmulatedRoutes.KEY;
            all += options.contains("baseUrl=") ? "" : "&baseUrl=" + emulator.baseUrl(emulated);
        }
        return all;
    }
}
